"""Cutting and embedding of text without breaking what a reader sees as one character."""

from typing import cast

import regex

_GRAPHEME = regex.compile(r"\X")
_BIDI = regex.compile(r"[\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# A word boundary is worth going back for, but not further than this share of the text.
_KEPT = 0.6


def graphemes(text: str) -> list[str]:
    """Return what a reader sees as single characters: letters with their marks, whole emoji, flags."""
    return cast("list[str]", _GRAPHEME.findall(text))


def shorten(text: str, max_graphemes: int) -> str:
    """Return `text` if it fits, else its beginning and "…", never longer than `max_graphemes`.

    The cut falls after a word where one ends in the last part, else between graphemes; never inside one.
    """
    if max_graphemes <= 0:
        return ""
    parts = graphemes(text)
    if len(parts) <= max_graphemes:
        return text
    kept = parts[: _word_end(parts, max_graphemes - 1)]
    while kept and kept[-1].isspace():
        kept.pop()
    return f"{''.join(kept)}…"


def _word_end(parts: list[str], most: int) -> int:
    """Return how many graphemes to keep: up to the last space, unless that is too far back."""
    last = max((at for at in range(most + 1) if parts[at].isspace()), default=0)
    return last if last >= most * _KEPT else most


def isolate(text: str) -> str:
    """Return `text` such that its direction cannot disturb what stands around it in plain text."""
    return f"{_ISOLATE}{_BIDI.sub('', text)}{_END_ISOLATE}" if text else ""
