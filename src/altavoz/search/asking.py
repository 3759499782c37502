"""From what people type to a tsquery, in the languages they may mean; hostile input asks for nothing else."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from altavoz.core import languages, text
from altavoz.core.text import Kind, Token
from altavoz.search import facets, indexing, terms
from altavoz.search.documents import Query
from altavoz.search.romanisation import romanise

_LONGEST = 200
_MOST_WORDS = 12
_SHORTEST_PREFIX = 4
# Nearly every work has these: what begins with them is not looked for, because the index would read them whole.
_COMPLETE = frozenset({"python", "pycon"})
_LONGEST_RUN = 12  # pairs of characters in a row that are looked for as a phrase
_MOST_LANGUAGES = 6

_PARTS = re.compile(r'["“”„«»「」『』]([^"“”„«»「」『』]*)(?:["“”„«»「」『』]|$)|([^\s"“”„«»「」『』]+)')
# Whose rules to follow where the visitor names no language.
_LIKELY = {
    "Latn": "es en pt fr de it tr sv",
    "Cyrl": "ru uk",
    "Arab": "ar fa ur",
    "Deva": "hi ne",
    "Hebr": "he",
    "Grek": "el",
    "Kore": "ko",
    "Taml": "ta",
    "Armn": "hy",
}
# Every document either has captions or has none.
_EVERYTHING = terms.any_of([terms.facet("s:yes"), terms.facet("s:no")])
# Words that say nothing on their own; dropped from a query as long as others remain.
_EMPTY = (
    "a al an and as at av da das de del der des di die do dos du e el em en et for für i il in ile la las le les "
    "lo los mit na no o of on os per por pour to the um una und une ve with y и в на с для по في من على و عن"
)


def tsquery(query: Query) -> str:
    """Return the tsquery of the words of `query`; "" if there are none to look for."""
    parts = _parts(query.text)
    meant = [part for part in parts if part[0] or part[1].casefold() not in _EMPTY.split()] or parts
    last = len(meant) - 1
    return terms.all_of(
        _phrase(words, _languages(query, words)) if is_phrase else _word(words, query, is_last=at == last)
        for at, (is_phrase, words) in enumerate(meant)
    )


def near(query: Query) -> tuple[list[list[int]], str]:
    """Return what titles with similar words have: one number of each row, and the tsquery of the other words.

    Words too short for slips, and phrases, are wanted as they are.
    """
    parts = [part for part in _parts(query.text) if part[0] or part[1].casefold() not in _EMPTY.split()]
    numbers: list[list[int]] = []
    exact: list[str] = []
    for is_phrase, words in parts:
        found = set() if is_phrase else set().union(*map(indexing.misspellings, _forms(words, query)))
        if found:
            numbers.append(sorted(found))
        else:
            exact.append(
                _phrase(words, _languages(query, words)) if is_phrase else _word(words, query, is_last=False)
            )
    return numbers, terms.all_of(exact)


def filters(selected: facets.Selection) -> str:
    """Return the tsquery of the facets in `selected`."""
    return terms.all_of(terms.any_of(map(terms.facet, values)) for values in selected.values())


def relaxed(words: str, selected: facets.Selection) -> str:
    """Return the tsquery that `words` and all facets but one hold: what changing one's mind could show."""
    every = {letter: terms.any_of(map(terms.facet, values)) for letter, values in selected.items()}
    changeable = [letter for letter in every if letter in facets.NAMES]
    others = [terms.all_of(part for other, part in every.items() if other != letter) for letter in changeable]
    return terms.all_of([words, terms.any_of(others) if all(others) else ""]) or _EVERYTHING


def _parts(given: str) -> list[tuple[bool, str]]:
    """Return the phrases (True) and words (False) of what was typed."""
    clean = text.clean_text(given[: _LONGEST * 4])[:_LONGEST]
    found = [(phrase is not None, phrase or word or "") for phrase, word in _groups(clean)]
    return [part for part in found if text.analyse(part[1], "und")][:_MOST_WORDS]


def _groups(clean: str) -> Iterable[Sequence[str | None]]:
    return (found.groups() for found in _PARTS.finditer(clean))


def _languages(query: Query, word: str) -> list[str]:
    """Return whose rules to apply to `word`: those asked for, else those it may be in."""
    asked = [languages.base(tag) for tag in query.languages or query.reads]
    script = languages.script(word)
    fitting = [tag for tag in asked if script in {languages.likely_script(tag), languages.scripts.COMMON}]
    if query.languages and fitting:
        return fitting[:_MOST_LANGUAGES]
    if "ñ" in word.casefold():
        return ["es"]  # it is a letter there, and elsewhere an n that would find too much
    return list(dict.fromkeys([*fitting[:_MOST_LANGUAGES], *_LIKELY.get(script, "und").split()]))


def _word(word: str, query: Query, *, is_last: bool) -> str:
    readings = [text.analyse(word, tag) for tag in _languages(query, word)]
    # What several languages read alike is asked once: the planner would count it once for each.
    forms = [_spelt(token, prefix=is_last) for tokens in readings if _is_one_word(tokens) for token in tokens]
    others = [_all_positions(tokens, is_last) for tokens in readings if not _is_one_word(tokens)]
    latin = romanise(word)
    return terms.any_of([*forms, *others, terms.quoted(latin) if latin else ""])


def _is_one_word(tokens: Sequence[Token]) -> bool:
    return all(
        token.kind in {Kind.WORD, Kind.STEM} and token.position == tokens[0].position for token in tokens
    )


def _forms(word: str, query: Query) -> set[str]:
    return {token.term for tag in _languages(query, word) for token in text.analyse(word, tag)}


def _phrase(words: str, tags: Sequence[str]) -> str:
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


def _all_positions(tokens: Sequence[Token], is_last: bool) -> str:  # noqa: FBT001 -- private
    """Return the tsquery that all parts of a word stand in a text, or the word in one."""
    joined = [terms.quoted(token.term) for token in tokens if token.kind is Kind.JOINED]
    grams = [token for token in tokens if token.kind is Kind.GRAM]
    plain = [token for token in tokens if token.kind in {Kind.WORD, Kind.STEM}]
    last = max((token.position for token in tokens), default=0)
    apart = [
        terms.any_of(_spelt(token, prefix=is_last and token.position == last) for token in group)
        for _position, group in groupby(plain, key=lambda token: token.position)
    ]
    tails = [f"{terms.quoted(token.term)}:*" for token in tokens if _is_alone(token, tokens)]
    return terms.any_of([terms.all_of([*apart, _run(grams), *tails]), *joined])


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
