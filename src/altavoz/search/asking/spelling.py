"""From words to tsqueries, as each language reads them."""

from collections.abc import Iterable, Sequence

from altavoz.core import text
from altavoz.core.text import Kind, Token
from altavoz.search import glossary, terms
from altavoz.search.romanisation import consonants, romanise

_SHORTEST_PREFIX = 4
_LONGEST_RUN = 12  # pairs of characters in a row that are looked for as a phrase
# Nearly every work has these: what begins with them is not looked for, because the index would read them whole.
_COMPLETE = frozenset({"python", "pycon"})


def word(given: str, tags: Sequence[str], *, prefix: bool = False) -> str:
    """Return the tsquery of a word, or of one that begins so.

    What several languages read alike is asked once: the index would be read, and the planner count it, for each.
    """
    readings = [text.analyse(given, tag) for tag in tags]
    plain = [
        tokens for tokens in readings if not any(token.kind in {Kind.GRAM, Kind.TAIL} for token in tokens)
    ]
    runs = [_all_positions(tokens, prefix=prefix) for tokens in readings if tokens not in plain]
    joined = [terms.quoted(token.term) for tokens in plain for token in tokens if token.kind is Kind.JOINED]
    ways = [_apart(plain, prefix=prefix), runs, joined, map(terms.quoted, in_latin(given, readings))]
    return terms.any_of(way for found in ways for way in found)


def alike(given: str) -> str:
    """Return the tsquery of names in Arabic that may sound like a word in Latin letters."""
    bones = consonants(given) if given.isascii() else ""
    return terms.quoted(bones) if bones else ""


def in_latin(given: str, readings: Iterable[Sequence[Token]]) -> set[str]:
    """Return how a word of another script is written in Latin letters: by its sounds, or as the name of a tool."""
    tools = {glossary.latin(token.term) for tokens in readings for token in tokens}
    return {romanise(given), glossary.latin(text.fold(given)), *tools} - {""}


def _apart(readings: Iterable[Sequence[Token]], *, prefix: bool) -> list[str]:
    """Return the tsqueries of readings as words: of one place, or of as many as the word falls apart into."""
    by_length: dict[int, dict[int, list[str]]] = {}
    for tokens in readings:
        last = max((token.position for token in tokens), default=0)
        places = by_length.setdefault(last, {})
        for token in tokens:
            if token.kind is not Kind.JOINED:
                spelt = _spelt(token, prefix=prefix and token.position == last)
                places.setdefault(token.position, []).append(spelt)
    return [terms.all_of(map(terms.any_of, places.values())) for places in by_length.values()]


def phrase(words: str, tags: Sequence[str]) -> str:
    """Return the tsquery of words as they follow each other."""
    return terms.any_of(_adjacent(text.analyse(words, tag)) for tag in tags)


def _adjacent(tokens: Sequence[Token]) -> str:
    """Return the tsquery of the words of `tokens` as they follow each other."""
    chain = ""
    before = 0
    for token in tokens:
        if token.kind in {Kind.WORD, Kind.GRAM} or (token.kind is Kind.TAIL and len(tokens) == 1):
            term = terms.quoted(token.term) + (":*" if token.kind is Kind.TAIL else "")
            chain = f"{chain} <{token.position - before}> {term}" if chain else term
            before = token.position
    return f"({chain})" if before and " " in chain else chain


def _all_positions(tokens: Sequence[Token], *, prefix: bool) -> str:
    """Return the tsquery that all parts of a word stand in a text: its words, and its run of characters."""
    grams = [token for token in tokens if token.kind is Kind.GRAM]
    plain = [token for token in tokens if token.kind in {Kind.WORD, Kind.STEM}]
    tails = [f"{terms.quoted(token.term)}:*" for token in tokens if _is_alone(token, tokens)]
    return terms.all_of([*_apart([plain], prefix=prefix), _run(grams), *tails])


def _spelt(token: Token, *, prefix: bool) -> str:
    long_enough = token.kind is Kind.WORD and token.term.isalpha() and len(token.term) >= _SHORTEST_PREFIX
    begun = prefix and long_enough and token.term not in _COMPLETE
    return terms.quoted(token.term) + (":*" if begun else "")


def _run(grams: Sequence[Token]) -> str:
    """Return the tsquery of a run of characters: as it stands or, if it is long, in two pieces apart.

    Where a word ends in such a run is not known, and other words may stand between two in a text.
    """
    if len(grams) > _LONGEST_RUN:
        return terms.all_of(terms.quoted(token.term) for token in grams)
    apart = [
        terms.all_of([_adjacent(grams[:at]), _adjacent(grams[at + 1 :])])
        for at in range(1, len(grams) - 1)  # the pair at `at` spans the two pieces
    ]
    return terms.any_of([_adjacent(grams), *apart])


def _is_alone(token: Token, tokens: Sequence[Token]) -> bool:
    before = (other.position for other in tokens if other.kind is Kind.GRAM)
    return token.kind is Kind.TAIL and token.position - 1 not in set(before)
