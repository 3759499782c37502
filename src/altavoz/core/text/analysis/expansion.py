"""The terms of one piece of text, remembered: the same words come again and again."""

import re
from functools import lru_cache
from itertools import pairwise

import regex

from altavoz.core.text.analysis.folding import folding
from altavoz.core.text.analysis.stems import stems
from altavoz.core.text.analysis.tokens import Kind

#: A term, its distance from the position of the piece, its kind and how many positions it covers.
Term = tuple[str, int, Kind, int]

_LONGEST = 48  # characters of a term: far longer than words are, far shorter than PostgreSQL allows
_MOST_JOINED = 4

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〆〇\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_GRAPHEME = regex.compile(r"\X")
# Where a word falls apart: at connectors, except the points and commas of a number, and before the number that
# ends a name ("python3", "pep8").
_JOINTS = re.compile(
    r"[-_\u2010\u2011\u200c\u30fb'\u2019\u02bc\u05f3\u05f4]|(?<!\d)[.,]|[.,](?!\d)|(?<=[^\W\d_]{3})(?=[\d.]+$)"
)
_APOSTROPHE = re.compile("['\u2019\u02bc]")
_ELISION = re.compile(
    "^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|(?:d|n|s)?ell|all|dall|sull|gl|un|quest|quell)['\u2019]"
)


@lru_cache(maxsize=65_536)
def expand(piece: str, language: str) -> tuple[int, tuple[Term, ...]]:
    """Return how many positions `piece` takes, and its terms."""
    if _UNSPACED.match(piece):
        return _grams(piece)
    if piece[-1] in "+#":
        return 1, ((piece, 0, Kind.WORD, 1),)
    if piece[0] == ".":
        return 1, ((piece, 0, Kind.WORD, 1), (piece[1:], 0, Kind.STEM, 1))
    return _words(_without_apostrophes(piece, language), language)


def _grams(run: str) -> tuple[int, tuple[Term, ...]]:
    units = _GRAPHEME.findall(run)
    pairs = [(first + second, at, Kind.GRAM, 1) for at, (first, second) in enumerate(pairwise(units))]
    return len(units), (*pairs, (units[-1], len(units) - 1, Kind.TAIL, 1))


def _without_apostrophes(piece: str, language: str) -> str:
    """Return `piece` without what an apostrophe ties to a word in `language` and no one searches for."""
    if not _APOSTROPHE.search(piece):
        return piece
    if language in {"fr", "it", "ca", "oc"}:
        return _ELISION.sub("", piece)
    if language in {"tr", "az"}:
        return _APOSTROPHE.split(piece)[0]
    if language in {"uk", "be"}:
        return _APOSTROPHE.sub("", piece)
    return re.sub("['\u2019]s$", "", piece)


def _words(piece: str, language: str) -> tuple[int, tuple[Term, ...]]:
    parts = [part for part in _JOINTS.split(piece) if part]
    terms = [
        (term, at, kind, 1)
        for at, part in enumerate(parts)
        for term, kind in _forms(part, language, Kind.WORD, Kind.STEM)
    ]
    if 1 < len(parts) <= _MOST_JOINED:
        forms = _forms("".join(parts), language, Kind.JOINED, Kind.JOINED)
        terms += [(term, 0, kind, len(parts)) for term, kind in forms]
    return len(parts), tuple(terms)


def _forms(word: str, language: str, plain: Kind, stem: Kind) -> list[tuple[str, Kind]]:
    table = folding(language)
    forms = {word.translate(table)[:_LONGEST]: plain}
    for other in stems(word, language):
        forms.setdefault(other.translate(table)[:_LONGEST], stem)
    return [(term, kind) for term, kind in forms.items() if term]
