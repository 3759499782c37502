"""The command line `altavoz`: commands of our own, and everything Django's manage offers."""

from altavoz.config.cli.main import main

__all__ = ["main"]
