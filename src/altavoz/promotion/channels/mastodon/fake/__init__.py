"""A hand-written imitation of a Mastodon server, for tests and the demo: its documented rules, and faults on demand."""
