"""Figures over time, drawn and as a table."""
