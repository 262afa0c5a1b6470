"""The TEI header and standOff: what is said of a text and of the persons, places and works that it names."""
