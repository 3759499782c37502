"""A creator whose turn it is."""
