"""What things are: the nouns of the program. Knows no files, no passes and no other room."""
