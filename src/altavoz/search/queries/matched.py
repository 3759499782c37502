"""Works that match a tsquery: by words, and by facets that no counter knows.

Few matches (as the planner estimates) are read whole and sorted: exact counts, and no walk along the dates
for what is rare. Many are read along the dates until the page is full, and counted in a sample.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from altavoz.search import cursors
from altavoz.search.cursors import Place
from altavoz.search.documents import Count, Query
from altavoz.search.facets import NAMES, Selection
from altavoz.search.queries.statements import SCORE_UNIT, rows

#: Counts of frequent words go no further; people see "1,000+".
BOUND = 1000
#: From so many matches on, walking along the dates is cheaper than reading them all.
FREQUENT = 5000
_LAST_YEAR = 9998
# Of very frequent words only the newest compete for relevance.
_COMPETING = "ORDER BY published_at DESC, id DESC LIMIT 400"

_SCORE = f"(ts_rank_cd('{{0.1,0.2,0.4,1}}', terms, %(words)s::tsquery, 33) * {SCORE_UNIT})::int"
_MATCH = "FROM search_indexed WHERE terms @@ %(strict)s::tsquery"
_DATED = "ORDER BY published_at DESC, id DESC"
# The walk begins and ends where the chosen years do, and not at the newest of all.
_WITHIN = "AND published_at >= %(since)s AND published_at < %(until)s"
_ORDERS = {"newest": _DATED, "relevant": "ORDER BY score DESC, published_at DESC, id DESC"}
_AFTER = {
    "newest": "(published_at, id) < (%(published_at)s, %(pk)s)",
    "relevant": "(score, published_at, id) < (%(score)s, %(published_at)s, %(pk)s)",
}
_COUNTS = """
    SELECT 1, '*', NULL::timestamptz, NULL::bigint, count(*) FROM counted
    UNION ALL SELECT 2, facet, NULL, NULL, count(*) FROM counted, unnest(facets) facet GROUP BY facet"""
_RELAXED = """, relaxed AS MATERIALIZED (
    SELECT facets FROM search_indexed WHERE terms @@ %(relaxed)s::tsquery LIMIT %(bound)s)"""
_ALTERNATIVES = """
    UNION ALL SELECT 3, facet, NULL, NULL, count(*) FROM relaxed, unnest(facets) facet WHERE {tests} GROUP BY facet"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The tsqueries of a query: its words, words and facets, and words with all facets but one."""

    words: str
    strict: str
    relaxed: str


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What was read: one row more than the page, how many there are, and the counts of facets."""

    found: list[tuple[str, Place]]
    total: Count
    counts: list[tuple[str, int]]


def matched(asked: Asked, selected: Selection, query: Query, *, counting: bool = True) -> Matched:
    """Return what matches `asked`, in two statements: the planner's estimate, then all that a page shows.

    With `counting` off, total and counts are left to the caller, who knows them already.
    """
    is_frequent = _estimate(asked.strict) >= FREQUENT
    source, page, parameters = _statement(asked, selected, query, is_frequent=is_frequent)
    sql = _with_counts(source, page, selected) if counting else f"WITH {source} {page}"
    return _read(rows(sql, parameters), selected, is_frequent=is_frequent)


def _estimate(strict: str) -> int:
    """Return how many rows the planner expects; a wrong guess costs time, never truth."""
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 {_MATCH}"
    ((plan,),) = rows(sql, {"strict": strict})
    parsed = json.loads(plan) if isinstance(plan, str) else plan
    return int(parsed[0]["Plan"]["Plan Rows"])


def _statement(
    asked: Asked, selected: Selection, query: Query, *, is_frequent: bool
) -> tuple[str, str, Mapping[str, Any]]:
    """Return what is counted (a common table), the page from it or from the dates, and the parameters."""
    order = query.sort if asked.words else "newest"
    place = cursors.read(query.cursor, query.sort)
    columns = f"subject, published_at, id, facets, {_SCORE if order == 'relevant' else 0} AS score"
    walked = f"{f'AND {_AFTER[order]}' if place else ''} {_DATED} LIMIT %(limit)s"
    within = _WITHIN if "y" in selected else ""
    newest = f"(SELECT {columns} {_MATCH} {within} {_COMPETING if order == 'relevant' else walked}) AS newest"
    counted = (
        f"(SELECT {'facets' if is_frequent else columns} {_MATCH} {'LIMIT %(bound)s' if is_frequent else ''})"
    )
    page = (
        f"SELECT 0, subject, published_at, id, score::bigint FROM {newest if is_frequent else 'counted'} "  # noqa: S608 -- constants
        f"{f'WHERE {_AFTER[order]}' if place else ''} {_ORDERS[order]} LIMIT %(limit)s"
    )
    return f"counted AS MATERIALIZED {counted}", page, _parameters(asked, selected, query, place)


def _with_counts(source: str, page: str, selected: Selection) -> str:
    relaxed = _RELAXED if _counted(selected) else ""
    alternatives = "".join(
        _ALTERNATIVES.format(tests=_tests(letter, selected)) for letter in _counted(selected)
    )
    return f"WITH {source}{relaxed} ({page}) UNION ALL {_COUNTS}{alternatives}"


def _tests(letter: str, selected: Selection) -> str:
    others = [f"facets && %(chosen_{other})s::text[]" for other in selected if other != letter]
    return " AND ".join([f"facet LIKE '{letter}:%%'", *others])


def _counted(selected: Selection) -> list[str]:
    return [letter for letter in selected if letter in NAMES]


def _parameters(asked: Asked, selected: Selection, query: Query, place: Place | None) -> Mapping[str, Any]:
    after = place._asdict() if place else {}
    chosen = {f"chosen_{letter}": list(values) for letter, values in selected.items()}
    values = {"words": asked.words, "strict": asked.strict, "relaxed": asked.relaxed}
    return {**after, **chosen, **values, **_span(query.years), "limit": query.limit + 1, "bound": BOUND + 1}


def _span(years: Sequence[int]) -> Mapping[str, datetime]:
    """Return where the first of `years` begins and the last ends, as far as there is such a time."""
    first, last = (min(max(year, 1), _LAST_YEAR) for year in (min(years, default=1), max(years, default=1)))
    return {"since": datetime(first, 1, 1, tzinfo=UTC), "until": datetime(last + 1, 1, 1, tzinfo=UTC)}


def _read(answer: list[tuple[Any, ...]], selected: Selection, *, is_frequent: bool) -> Matched:
    found = [(text, Place(n, published_at, pk)) for part, text, published_at, pk, n in answer if part == 0]
    found.sort(key=lambda row: row[1], reverse=True)  # a parallel plan may mix what it appends
    total = next((n for part, _text, _at, _pk, n in answer if part == 1), 0)
    counts = [
        (facet, n)
        for part, facet, _at, _pk, n in answer
        if part == 3 or (part == 2 and facet[0] not in _counted(selected))  # noqa: PLR2004 -- parts of the answer
    ]
    is_capped = is_frequent and total > BOUND
    return Matched(
        found=found, total=Count(BOUND if is_capped else total, exact=not is_capped), counts=counts
    )
