"""One analyser and one index over every kind of content, in every language."""
