"""Finds identifiers that have a form of their own: telephone numbers, postcodes, NHS numbers."""
