"""What goes out to the people who code: what to code, and the codebook, in forms of their choice."""
