"""Adding a channel, and proving that it is one's own."""
