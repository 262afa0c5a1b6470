"""Printed pages: PDF, LaTeX and DOCX."""
