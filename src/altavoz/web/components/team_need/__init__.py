"""How many people a language needs."""
