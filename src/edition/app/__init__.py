"""Commands, and all that a person meets: the command line, reports, pages, a first project."""
