"""From files to the model: seeds, annotations, registers, conventions, and the prose of editors."""
