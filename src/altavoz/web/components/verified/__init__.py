"""Proof of who it is."""
