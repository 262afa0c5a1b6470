"""TEI as other tools want it."""
