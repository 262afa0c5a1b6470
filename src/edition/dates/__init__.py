"""Time: dates and lengths of time as YAML has them, their calendars, TEI's attributes for them, and their words."""
