"""The annotation format: YAML read with places and changed in place, its fields, its JSON Schema, its help."""
