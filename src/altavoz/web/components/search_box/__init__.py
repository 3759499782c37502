"""One field to search with."""
