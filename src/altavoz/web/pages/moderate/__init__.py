"""The moderation desk: one case at a time, assigned and not chosen."""
