"""Time: dates and lengths of time as they are written in YAML, their calendars, TEI's attributes for them, and their words."""
