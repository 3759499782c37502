"""The public API: what anybody may read, for programs, and the same as files for whoever wants all of it."""
