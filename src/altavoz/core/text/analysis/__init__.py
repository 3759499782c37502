"""One analysis of text for index and query: what a reader would count as the same word becomes the same term."""

import unicodedata

from altavoz.core.languages import base
from altavoz.core.text.analysis.expansion import expand
from altavoz.core.text.analysis.folding import folding
from altavoz.core.text.analysis.pieces import pieces
from altavoz.core.text.analysis.tokens import Kind, Token

__all__ = ["Kind", "Token", "analyse", "fold"]

_DOTTED_I = str.maketrans({"İ": "i", "I": "ı"})


def analyse(text: str, language: str) -> tuple[Token, ...]:
    """Return the terms of `text` in the order of their positions, the first being 1.

    Several terms may share a position: the word as written (folded), its stem, the joined form of a compound.
    Addresses in the text are left out. The same rules hold for a document and for a query.
    """
    known = base(language)
    tokens: list[Token] = []
    position = 1
    for piece in pieces(small(text, known)):
        width, terms = expand(piece, known)
        tokens += [Token(term, position + offset, kind, span) for term, offset, kind, span in terms]
        position += width
    return tuple(tokens)


def small(text: str, language: str) -> str:
    """Return `text` in compatibility form and small letters, by the rule of Turkish where it holds."""
    if language in {"tr", "az"}:
        return unicodedata.normalize("NFKC", text.translate(_DOTTED_I)).casefold()
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def fold(text: str, language: str = "") -> str:
    """Return `text` with every letter that readers of the language take for another as one, spaces and all."""
    known = base(language) if language else ""
    return small(text, known).translate(folding(known))
