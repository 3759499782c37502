"""The foot of every page: what this is, who runs it, light or dark."""
