"""A creator in a list: name, what they do, the languages they are heard in."""
