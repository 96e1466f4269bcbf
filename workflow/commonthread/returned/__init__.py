"""What comes back from the people who code: a reader a format, and what every reader gives."""
