"""How full something is, as a bar and in words."""
