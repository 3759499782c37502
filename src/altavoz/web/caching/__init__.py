"""Whole pages kept for visitors who are not signed in, and parts; forgotten when what they show changes."""

from altavoz.web.caching.edges import LIFE
from altavoz.web.caching.parts import remembered
from altavoz.web.caching.policy import about, public_page
from altavoz.web.caching.store import purge

__all__ = ["LIFE", "about", "public_page", "purge", "remembered"]
