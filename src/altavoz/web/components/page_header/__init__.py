"""The head of every page: mark, ways in, language of the interface, sign-in."""
