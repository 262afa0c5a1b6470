"""Texts for readers: the reading model, and the formats that are made from it."""
