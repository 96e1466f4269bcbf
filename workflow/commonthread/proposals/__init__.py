"""What people propose to change in the codebook, what was decided of it, and how the codebook grew."""
