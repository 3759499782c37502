"""Facets as short strings ("l:es", "y:2024") that index, filters and counters share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from itertools import product

from altavoz.core import languages
from altavoz.search.documents import Document, Query

NAMES: Mapping[str, str] = {
    "l": "language",
    "k": "kind",
    "t": "topic",
    "v": "level",
    "d": "length",
    "y": "year",
    "s": "captions",
}
#: The counter of a scope itself, next to those of its facets.
TOTAL = "*"

_SHORT_S, _MEDIUM_S = 15 * 60, 45 * 60
_LONGEST = 120

#: What a query selects: for each facet the strings of which one must hold.
Selection = Mapping[str, tuple[str, ...]]


def code(letter: str, value: object) -> str:
    """Return the string of a facet's value, such that the database can store it."""
    text = str(value).replace("\x00", "").encode("utf-8", "ignore").decode()
    return f"{letter}:{text[:_LONGEST]}"


def length(duration_s: int | None) -> str:
    """Return "short" (under a quarter of an hour), "medium", "long" (45 minutes and more) or ""."""
    if duration_s is None or duration_s <= 0:
        return ""
    return "short" if duration_s < _SHORT_S else "medium" if duration_s < _MEDIUM_S else "long"


def of_document(document: Document) -> tuple[str, ...]:
    """Return the facets of a document, its creators ("c:…", filtered by but not counted) included."""
    values: Mapping[str, Sequence[object]] = {
        "l": [languages.base(document.language)],
        "k": [document.kind],
        "v": [document.level],
        "d": [length(document.duration_s)],
        "y": [document.published_at.astimezone(UTC).year if document.published_at else ""],
        "s": ["yes" if document.captions else "no"],
        "t": sorted(set(document.topics)),
        "c": sorted(set(document.creators)),
    }
    return tuple(code(letter, value) for letter, row in values.items() for value in row if value != "")


def selection(query: Query) -> Selection:
    """Return what `query` filters by."""
    shown = query.languages or ((*query.reads, languages.UNKNOWN) if query.reads else ())
    values: Mapping[str, Sequence[object]] = {
        "l": [languages.base(tag) for tag in shown],
        "k": query.kinds,
        "t": query.topics,
        "v": query.levels,
        "d": query.lengths,
        "y": query.years,
        "s": [] if query.captions is None else ["yes" if query.captions else "no"],
        "c": [query.creator] if query.creator else [],
    }
    return {
        letter: tuple(dict.fromkeys(code(letter, value) for value in row))
        for letter, row in values.items()
        if row
    }


def scopes_of(facets: Iterable[str]) -> list[str]:
    """Return the scopes that a document with these facets is counted in.

    All; each value of each facet; each value together with the language. These are the states in which
    people browse; any other is counted from the documents themselves.
    """
    counted = [facet for facet in facets if facet[0] in NAMES]
    language = next(facet for facet in counted if facet[0] == "l")
    return ["", *counted, *(f"{language} {facet}" for facet in counted if facet != language)]


def scopes_for(selected: Selection) -> list[str] | None:
    """Return the scopes whose counts add up to `selected`; None if no scopes do."""
    if not _is_counted(selected):
        return None
    ordered = sorted(selected, key=lambda letter: letter != "l")
    return [" ".join(values) for values in product(*(selected[letter] for letter in ordered))]


def _is_counted(selected: Selection) -> bool:
    if "c" in selected or len(selected.get("t", ())) > 1:
        return False  # creators are not counted; works with two of the topics would count twice
    return len(selected) < 2 or (len(selected) == 2 and "l" in selected)  # noqa: PLR2004 -- a value and a language
