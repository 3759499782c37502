"""How long a work lasts."""
