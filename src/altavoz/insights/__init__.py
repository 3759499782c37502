"""Insights: how far works reach, counted so that nobody can be told apart or followed (decision 6)."""
