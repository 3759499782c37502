"""Journeys through the whole program, with real processes and a real browser."""
