"""Shows in a text where the words asked for stand."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from altavoz.core.text import shorten
from altavoz.search import queries as search

_LENGTH = 160  # graphemes of an excerpt
_BEFORE = 30  # characters of an excerpt before the first word found


def marked(text: str, *, language: str, asked: str) -> SafeString:
    """Return the text as HTML, with each word found in a `<mark>`."""
    spans = search.highlights(text, language=language, asked=asked)
    pieces, last = [], 0
    for start, end in spans:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*pieces, escape(text[last:])]))  # noqa: S308 - every piece of the text is escaped


def excerpt(text: str, *, language: str, asked: str) -> SafeString:
    """Return the part of a long text in which the first word found stands, marked."""
    spans = search.highlights(text, language=language, asked=asked)
    start = spans[0][0] if spans else 0
    if start > _LENGTH - _BEFORE:
        # The excerpt begins with a whole word; scripts without spaces have none to begin with.
        near = text[start - _BEFORE : start]
        text = "…" + text[start - len(near.partition(" ")[2] or near) :]
    return marked(shorten(text, _LENGTH), language=language, asked=asked)
