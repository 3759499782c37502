"""Approved work carried to the networks where people are: fairly, and exactly once."""
