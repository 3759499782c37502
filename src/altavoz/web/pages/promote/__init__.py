"""The promotion desk: channels, the coming week, and what only a person can settle."""
