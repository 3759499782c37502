"""Creators, their publications and the revisions that volunteers approved."""
