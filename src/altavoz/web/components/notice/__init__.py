"""Something to know before reading on."""
