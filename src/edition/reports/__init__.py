"""Diagnostics → text. Pure functions to str, one file a format."""
