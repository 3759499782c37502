"""The map of voices."""
