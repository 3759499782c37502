"""From what people type to tsqueries, in the languages they may mean; hostile input asks for nothing else."""

from dataclasses import dataclass

from altavoz.search import facets, terms
from altavoz.search.asking import spelling
from altavoz.search.asking.reading import Part, languages_of, meant
from altavoz.search.documents import Query

__all__ = ["Words", "filters", "relaxed", "spelt", "words"]

# Every document either has captions or has none.
_EVERYTHING = terms.any_of([terms.facet("s:yes"), terms.facet("s:no")])


@dataclass(frozen=True, kw_only=True)
class Words:
    """The tsqueries of a question: all of its words; and, for when that finds too little, nearly all of them."""

    strict: str
    loose: str
    any: str  #: one of the words
    each: tuple[str, ...]  #: the words one by one


def words(query: Query) -> Words:
    """Return the tsqueries of the words of `query`; "" if there are none to look for.

    Looser than all words are: a last word that is only begun, and one word left out; never a phrase.
    """
    asked = meant(query)
    each = [spelt(part, query) for part in asked]
    alike = [_alike(part, spelt) for part, spelt in zip(asked, each, strict=True)]
    begun = [*alike[:-1], *(_alike(part, _begun(part, query)) for part in asked[-1:])]
    some = [
        terms.all_of(alike[:at] + alike[at + 1 :])
        for at, part in enumerate(asked)
        if len(asked) > 1 and not part.is_phrase
    ]
    strict, loose = terms.all_of(each), terms.any_of([terms.all_of(begun), *some])
    return Words(
        strict=strict,
        loose="" if loose == strict else loose,
        any=terms.any_of([*begun, *each]),
        each=tuple(each),
    )


def spelt(part: Part, query: Query) -> str:
    """Return the tsquery of one part of a question."""
    make = spelling.phrase if part.is_phrase else spelling.word
    return make(part.words, languages_of(query, part.words))


def _alike(part: Part, query: str) -> str:
    """Return `query`, or that a name in Arabic sounds like the word."""
    return query if part.is_phrase else terms.any_of([query, spelling.alike(part.words)])


def _begun(part: Part, query: Query) -> str:
    """Return the tsquery of what begins with the last word, as far as that is long enough to tell."""
    if part.is_phrase:
        return spelt(part, query)
    return spelling.word(part.words, languages_of(query, part.words), prefix=True)


def filters(selected: facets.Selection) -> str:
    """Return the tsquery of the facets in `selected`."""
    return terms.all_of(terms.any_of(map(terms.facet, values)) for values in selected.values())


def relaxed(words: str, selected: facets.Selection) -> str:
    """Return the tsquery that `words` and all facets but one hold: what changing one's mind could show."""
    every = {letter: terms.any_of(map(terms.facet, values)) for letter, values in selected.items()}
    changeable = [letter for letter in every if letter in facets.NAMES]
    others = [terms.all_of(part for other, part in every.items() if other != letter) for letter in changeable]
    return terms.all_of([words, terms.any_of(others) if all(others) else ""]) or _EVERYTHING
