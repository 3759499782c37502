"""Altavoz: the loudspeaker for Python people who do not publish in English."""

__version__ = "0.1.0"
