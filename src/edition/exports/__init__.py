"""The edition in the forms that other tools read."""
