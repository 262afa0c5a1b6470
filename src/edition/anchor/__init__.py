"""Where things stand in the seed: quotations found, blocks laid, conventions recognised."""
