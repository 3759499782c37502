"""What the list is narrowed to; each chip takes its filter away."""
