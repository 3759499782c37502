"""Words of titles as people write them, and the slips of the finger that lie near; no database."""

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

import regex

from altavoz.core import languages, text
from altavoz.core.text import Kind
from altavoz.search.documents import Document

_SHORTEST, _LONGEST = 5, 24
_WORD = regex.compile(r"[\p{L}\p{M}]+")


class Spelling(NamedTuple):
    """A word in a language: folded as the index knows it, and as people write it."""

    language: str
    term: str
    shown: str


def spellings(document: Document) -> set[Spelling]:
    """Return the words of the title that somebody may misspell."""
    language = languages.base(document.metadata_language)
    return set(_spellings(document.title, language))


def _spellings(title: str, language: str) -> Iterator[Spelling]:
    for word in _WORD.findall(title):
        term = folded(word, language)
        if can_be_misspelt(term):
            yield Spelling(language, term, text.clean_text(word.lower()))


def folded(word: str, language: str) -> str:
    """Return the one term of `word` as it is written; "" if it has none or several."""
    plain = [token.term for token in text.analyse(word, language) if token.kind is Kind.WORD]
    return plain[0] if len(plain) == 1 else ""


def can_be_misspelt(term: str) -> bool:
    """Tell whether a slip in a word can be told from another word: short ones and numbers have too many near."""
    return _SHORTEST <= len(term) <= _LONGEST and term.isalpha()


def misspellings(term: str) -> set[int]:
    """Return numbers for `term` and for what is left of it when one letter goes.

    Two words share one exactly if a single slip (a letter too many, too few, wrong or swapped) may lie
    between them.
    """
    if not can_be_misspelt(term):
        return set()
    left = {term, *(term[:at] + term[at + 1 :] for at in range(len(term)))}
    return {crc32(part.encode()) - 2**31 for part in left}


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two words: letters too many, too few, wrong, or swapped with the next."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, before, row = before, row, [at]
        for to, theirs in enumerate(other, start=1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != theirs))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == theirs:
                least = min(least, last[to - 2] + 1)
            row.append(least)
    return row[-1]
