"""Runs the command line by `python -m altavoz.config.cli`, also where the command is not on the path."""

from altavoz.config.cli.main import main

main()
