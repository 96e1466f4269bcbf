"""Readers of source files: one a format, and one function that picks it."""
