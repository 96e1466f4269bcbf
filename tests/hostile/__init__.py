"""Hostile and damaged files of every kind, made by code, and what becomes of them."""
