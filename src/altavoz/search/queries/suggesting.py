"""Did you mean: the question with its slips of the finger put right, from words that titles have."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from altavoz.search import asking, vocabulary
from altavoz.search.asking import reading
from altavoz.search.asking.reading import Part
from altavoz.search.documents import Query
from altavoz.search.queries.statements import rows

_MOST_NEAR = 24  # words that are compared for each of the question
_ENOUGH = 50  # works that have a word; more make it no likelier

# A word that works have is no slip, wherever in them it stands.
_NEAR = f"""SELECT asked.at, near.term, near.shown, near.language, near.works
    FROM jsonb_to_recordset(%(asked)s) AS asked(at int, terms text, near int[])
    CROSS JOIN LATERAL (
        SELECT term, shown, language, (SELECT count(*) FROM (SELECT FROM search_indexed
            WHERE terms @@ ('''' || term || ''':A')::tsquery LIMIT {_ENOUGH}) AS found) AS works
        FROM search_word WHERE search_word.near && asked.near LIMIT {_MOST_NEAR}) AS near
    WHERE NOT EXISTS (SELECT FROM search_indexed WHERE search_indexed.terms @@ asked.terms::tsquery)"""  # noqa: S608 -- constants


class _Near(NamedTuple):
    """A word that titles have, near the one at a place of the question."""

    term: str
    shown: str
    language: str
    works: int


def suggestion(query: Query) -> str:
    """Return the question with each word that no work has put right by one slip; "" if none can be. One statement."""
    parts = reading.parts(query.text)
    forms = {
        at: set(filter(vocabulary.can_be_misspelt, reading.readings(query, part.words)))
        for at, part in enumerate(parts)
        if not part.is_phrase
    }
    asked = [
        {"at": at, "terms": asking.spelt(parts[at], query), "near": _numbers(terms)}
        for at, terms in forms.items()
        if terms
    ]
    near: dict[int, list[_Near]] = defaultdict(list)
    for at, *found in rows(_NEAR, {"asked": json.dumps(asked)}) if asked else ():
        near[at].append(_Near(*found))
    better = {at: _best(found, forms[at], query.languages or query.reads) for at, found in near.items()}
    return _put_right(parts, better) if any(better.values()) else ""


def _numbers(terms: Iterable[str]) -> list[int]:
    return sorted(set().union(*map(vocabulary.misspellings, terms)))


def _best(found: Iterable[_Near], forms: Collection[str], languages: Iterable[str]) -> str:
    """Return the word meant most likely: one slip away, in a language asked for, of most works; "" if none is."""
    likely = [
        (near.language not in set(languages), -near.works, near.term, near.shown)
        for near in found
        if near.works and any(vocabulary.distance(form, near.term) == 1 for form in forms)
    ]
    return min(likely)[-1] if likely else ""


def _put_right(parts: Iterable[Part], better: Mapping[int, str]) -> str:
    return " ".join(
        f'"{part.words}"' if part.is_phrase else better.get(at) or part.words for at, part in enumerate(parts)
    )
