"""Finds what people coded again after a transcript, a file's name or a setting has changed.

``anchor`` says what is kept with a coding and makes it. ``words`` takes texts apart into words that
can be compared, ``study_text`` holds those of a whole study. ``proposals`` proposes places for an
anchor, ``alignment`` compares it with each, and ``finding`` decides. ``covering`` says which of
today's segments the words are.
"""
