"""The demonstration: an invented community, and small local servers that stand for the outside world."""
