"""One figure that matters."""
