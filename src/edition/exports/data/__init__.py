"""Annotations, metadata and networks as data."""
