"""Says aloud what a swap changed."""
