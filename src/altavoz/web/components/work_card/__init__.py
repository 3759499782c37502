"""A work in a list: cover, kind, length, title in its own language, creator, language, date."""
