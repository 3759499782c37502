"""A player that loads only when asked; before that, and without script, a plain way out."""
