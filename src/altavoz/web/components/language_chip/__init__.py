"""A language by its own name, in its own script and direction."""
