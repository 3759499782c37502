"""The picture of a work, or waves drawn from its id where it has none."""
