"""A small drawing from the sprite, always decoration beside words."""
