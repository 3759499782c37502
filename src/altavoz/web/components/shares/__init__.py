"""Figures of a few classes: a table whose first column carries a bar."""
