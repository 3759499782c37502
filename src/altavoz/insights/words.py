"""Figures' names in words people understand."""

from django.utils.functional import Promise

from altavoz.insights.states import Source


def source_in_words(source: str) -> str | Promise:
    """Return what a class of sites is called; the word itself for one that is no longer known."""
    return Source(source).label if source in Source.values else source
