"""Works that match a tsquery: by words, and by facets that no counter knows.

Few matches are read whole and sorted. Of many only the newest are looked at: along the dates where a page is
soon full, else from the index of words, the last years first, until there are enough. How many there are is
found out by reading a bounded sample, because the planner's guess is often far off for rare words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from altavoz.search import cursors, terms
from altavoz.search.cursors import Place
from altavoz.search.documents import Count, Query
from altavoz.search.facets import NAMES, Selection
from altavoz.search.queries.statements import SCORE_UNIT, rows

#: Counts of frequent words go no further; people see "1,000+".
BOUND = 1000
#: Up to so many matches are read and sorted whole; never more than BOUND.
WHOLE = 1000
#: Of frequent words so many compete for relevance: the newest, ten pages.
COMPETING = 240
#: Where the planner expects to meet enough within so many rows, walking along the dates is cheapest.
WALKED = 3000
_LAST_YEAR = 9998
_YEARS_AHEAD = 10  # talks are announced, and some dates are wrong
_STEPS = (0, 3)  # how many years back one looks at a time, before all others

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


def matched(asked: Asked, selected: Selection, query: Query, *, known: int | None = None) -> Matched:
    """Return what matches `asked`, in two statements: the planner's estimate, then all that a page shows.

    Who knows already how many there are says so; total and counts are then left to them.
    """
    order = query.sort if asked.words else "newest"
    place = cursors.read(query.cursor, query.sort)
    wanted = COMPETING if order == "relevant" else query.limit + 1
    walk = _is_walk(asked.strict, wanted)
    levels = [asked.strict] if walk or "y" in selected else _levels(asked.strict, place, order)
    along = (f"{_WITHIN if 'y' in selected else ''} {_DATED} LIMIT %(wanted)s") if walk else ""
    source, page = _statement(order, len(levels), along, known, is_later=place is not None)
    sql = f"WITH {source} {page}" if known is not None else _with_counts(source, page, selected)
    parameters = {
        **_parameters(asked, selected, query, place),
        **{f"level_{at}": level for at, level in enumerate(levels)},
        "wanted": wanted,
        "known": known,
    }
    return _read(rows(sql, parameters), selected)


def _is_walk(strict: str, wanted: int) -> bool:
    """Tell whether `wanted` rows are soon met along the dates, as the planner guesses.

    A wrong guess costs time, never truth.
    """
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 {_MATCH} UNION ALL SELECT 1 FROM search_indexed"  # noqa: S608 -- constants
    ((plan,),) = rows(sql, {"strict": strict})
    parsed = json.loads(plan) if isinstance(plan, str) else plan
    expected, every = (part["Plan Rows"] for part in parsed[0]["Plan"]["Plans"])
    return bool(wanted * every <= WALKED * expected)


def _levels(strict: str, place: Place | None, order: str) -> list[str]:
    """Return the tsqueries to be asked one after the other until there is enough: some years, then all others."""
    is_later = place is not None and order == "newest"
    last = place.published_at.year if place and is_later else datetime.now(UTC).year
    first, newest = last, last if is_later else last + _YEARS_AHEAD
    levels: list[str] = []
    seen: list[str] = []
    for back in _STEPS:
        years = [terms.facet(f"y:{year}") for year in range(first - back, newest + 1)]
        levels.append(terms.all_of([strict, terms.any_of(years)]))
        seen += years
        first = newest = first - back - 1
    return [*levels, terms.all_of([strict, f"!{terms.any_of(seen)}"])]


def _statement(order: str, levels: int, along: str, known: int | None, *, is_later: bool) -> tuple[str, str]:
    """Return what is counted and what is looked at (common tables), and the page from them.

    A table behind a gate that is closed costs nothing: the database asks the gate first.
    """
    amount = "%(known)s" if known is not None else "(SELECT count(*) FROM counted)"
    score = _SCORE if order == "relevant" else "0"
    after = f"AND {_AFTER['newest']}" if is_later and order == "newest" else ""
    looked_at = " UNION ALL ".join(f"TABLE level_{at}" for at in range(levels))
    page = (
        f"SELECT 0, subject, published_at, id, score::bigint FROM ("  # noqa: S608 -- constants
        f"SELECT subject, published_at, id, {score} AS score FROM counted WHERE {amount} <= {WHOLE} UNION ALL "
        f"SELECT subject, published_at, id, {score} FROM search_indexed WHERE id IN "
        f"(SELECT id FROM ({looked_at}) AS looked_at {_DATED} LIMIT %(wanted)s)) AS found "
        f"{f'WHERE {_AFTER[order]}' if is_later else ''} {_ORDERS[order]} LIMIT %(limit)s"
    )
    tables = [
        f"counted AS MATERIALIZED (SELECT subject, published_at, id, facets, terms {_MATCH} LIMIT %(bound)s)"
    ]
    for at in range(levels):
        enough = [f"(SELECT count(*) FROM level_{before})" for before in range(at)]  # noqa: S608 -- constants
        gate = f"{amount} > {WHOLE}" + (f" AND {' + '.join(enough)} < %(wanted)s" if enough else "")
        match = f"FROM search_indexed WHERE terms @@ %(level_{at})s::tsquery AND {gate} {after} {along}"
        tables.append(f"level_{at} AS MATERIALIZED (SELECT id, published_at {match})")
    return ", ".join(tables), page


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


def _read(answer: list[tuple[Any, ...]], selected: Selection) -> Matched:
    found = [(text, Place(n, published_at, pk)) for part, text, published_at, pk, n in answer if part == 0]
    found.sort(key=lambda row: row[1], reverse=True)  # a parallel plan may mix what it appends
    total = next((n for part, _text, _at, _pk, n in answer if part == 1), 0)
    counts = [
        (facet, n)
        for part, facet, _at, _pk, n in answer
        if part == 3 or (part == 2 and facet[0] not in _counted(selected))  # noqa: PLR2004 -- parts of the answer
    ]
    is_capped = total > BOUND
    return Matched(
        found=found, total=Count(BOUND if is_capped else total, exact=not is_capped), counts=counts
    )
