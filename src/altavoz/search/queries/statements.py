"""Running of statements; the one place where search reads from the connection."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from altavoz.search.cursors import Place, write
from altavoz.search.documents import FacetValue, Hit, Query
from altavoz.search.facets import NAMES

_MOST_VALUES = 24
#: Scores are whole numbers, so that a cursor can say exactly where a page ended.
SCORE_UNIT = 1_000_000


def rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement whose text is ours and whose values are parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def page(found: list[tuple[str, Place]], query: Query) -> tuple[tuple[Hit, ...], str | None]:
    """Return the hits and the cursor of a page of which one row more than the limit was read."""
    shown = found[: query.limit]
    hits = tuple(Hit(subject, place.score / SCORE_UNIT) for subject, place in shown)
    return hits, write(shown[-1][1], query.sort) if len(found) > query.limit else None


def facet_values(counts: Iterable[tuple[str, int]]) -> dict[str, tuple[FacetValue, ...]]:
    """Return the values of each facet, most frequent first; years latest first."""
    found: dict[str, list[FacetValue]] = {name: [] for name in NAMES.values()}
    for facet, count in counts:
        found[NAMES[facet[0]]].append(FacetValue(facet[2:], count))
    for name, values in found.items():
        values.sort(key=lambda one: (-int(one.value), "") if name == "year" else (-one.count, one.value))
    return {name: tuple(values[:_MOST_VALUES]) for name, values in found.items()}


def hidden(counts: Iterable[tuple[str, int]], shown: Iterable[str]) -> int:
    """Return how many of the works counted by language are in languages not `shown`."""
    kept = set(shown)
    return sum(count for facet, count in counts if facet[0] == "l" and facet not in kept) if kept else 0
