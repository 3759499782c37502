"""Lets a page tell that it was seen, read or left for its original."""
