"""A table that scrolls within itself on small screens, with a caption."""
