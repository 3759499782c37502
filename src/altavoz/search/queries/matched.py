"""Works that match a tsquery: by words, and by facets that no counter knows.

Few matches are read whole and sorted. Of many only the newest are looked at: along the dates where a page is
soon full, else from the index of words, season by season back from the newest, until there are enough. How many
there are, and of what kind, is then told from a sample. What is read is bounded whatever the word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isqrt
from typing import Any

from altavoz.search.cursors import Place
from altavoz.search.documents import Count, Query
from altavoz.search.facets import Selection
from altavoz.search.queries import planning
from altavoz.search.queries.planning import Plan
from altavoz.search.queries.statements import rows
from altavoz.search.queries.tables import Shape, changeable, statement

_LAST_YEAR = 9998


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The tsqueries of a query: its words, words and facets, and words with all facets but one.

    Without the third, nothing is counted. With `parts`, the best are those with the rarest of them.
    """

    words: str
    strict: str
    relaxed: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What was read: one row more than the page, how many there are, and the counts of facets.

    `makers` are the creators of what was found, where the order asks for them.
    """

    found: list[tuple[str, Place]]
    total: Count
    counts: list[tuple[str, int]]
    makers: Mapping[str, Sequence[str]]


def matched(
    asked: Asked,
    selected: Selection,
    query: Query,
    *,
    place: Place | None,
    limit: int,
    known: int | None = None,
) -> Matched:
    """Return up to `limit` of what matches `asked` behind `place`, in two statements: expectations, then the page.

    Who knows already how many there are says so; total and counts are then left to them. What is not to be counted
    is taken for rare, and costs one statement.
    """
    now = datetime.now(UTC)
    order = query.sort if asked.words else query.sort.replace("relevant", "newest")
    until = _until(query, place if order != "relevant" else None)
    wanted = planning.COMPETING if order == "relevant" else limit
    plan = _plan(asked, until, now, wanted, known)
    shape = Shape(
        plan=plan,
        order=order,
        is_later=place is not None,
        in_years="y" in selected,
        has_whole=known is None or known <= planning.BOUND,
        has_levels=known is None or known > planning.BOUND,
        is_counted=known is None and bool(asked.relaxed),
        parts=asked.parts,
    )
    parameters = {
        **{f"part_{at}": part for at, part in enumerate(asked.parts)},
        **_parameters(asked, selected, query, place),
        "sampled": planning.sampled(asked.strict, plan.rate),
        "relaxed": planning.sampled(asked.relaxed or asked.strict, plan.relaxed_rate),
        **_levels(asked.strict, plan, until, now),
        "wanted": wanted,
        "limit": limit,
    }
    return _read(rows(statement(shape, selected), parameters), selected, plan)


def _plan(asked: Asked, until: datetime | None, now: datetime, wanted: int, known: int | None) -> Plan:
    if not asked.relaxed:
        return planning.UNASKED
    expected = planning.expected(asked.strict, asked.relaxed, until, now)
    return planning.decided(expected if known is None else replace(expected, strict=known), wanted)


def _until(query: Query, place: Place | None) -> datetime | None:
    """Return when the newest that can be shown came out; None if that is now or later."""
    ends = [place.published_at] if place else []
    return min([*ends, _span(query.years)["until"]] if query.years else ends, default=None)


def _levels(strict: str, plan: Plan, until: datetime | None, now: datetime) -> Mapping[str, str]:
    seasons = [planning.season(strict, days, until, now) for days in plan.spans]
    levels = {f"level_{at}": season for at, season in enumerate(seasons, start=int(plan.is_walk))}
    return {**levels, "rest": planning.older(strict, plan.spans, until, now)}


def _parameters(asked: Asked, selected: Selection, query: Query, place: Place | None) -> Mapping[str, Any]:
    after = place._asdict() if place else {}
    chosen = {f"chosen_{letter}": list(values) for letter, values in selected.items()}
    return {
        **after,
        **chosen,
        **_span(query.years),
        "words": asked.words,
        "strict": asked.strict,
    }


def _span(years: Sequence[int]) -> Mapping[str, datetime]:
    """Return where the first of `years` begins and the last ends, as far as there is such a time."""
    first, last = (min(max(year, 1), _LAST_YEAR) for year in (min(years, default=1), max(years, default=1)))
    return {"since": datetime(first, 1, 1, tzinfo=UTC), "until": datetime(last + 1, 1, 1, tzinfo=UTC)}


def _read(answer: list[tuple[Any, ...]], selected: Selection, plan: Plan) -> Matched:
    hits = [row for row in answer if row[0] == "hit"]
    found = [(text, Place(n, published_at, pk)) for _part, text, published_at, pk, n, _makers in hits]
    found.sort(key=lambda row: row[1], reverse=True)  # a parallel plan may mix what it appends
    counted: dict[str, list[tuple[str, int]]] = {"whole": [], "sampled": [], "relaxed": []}
    for part, text, _at, _pk, n, _makers in answer:
        if part != "hit":
            counted[part].append((text, n))
    totals = {part: next((n for text, n in pairs if text == "*"), 0) for part, pairs in counted.items()}
    own = [*counted["whole"], *((facet, n * plan.rate) for facet, n in counted["sampled"])]
    kept = [pair for pair in own if pair[0] != "*" and pair[0][0] not in changeable(selected)]
    others = [(facet, n * plan.relaxed_rate) for facet, n in counted["relaxed"]]
    return Matched(
        found=found,
        total=_total(totals["whole"], totals["sampled"], plan, at_least=len(found)),
        counts=[*kept, *others],
        makers={text: makers or () for _part, text, _at, _pk, _n, makers in hits},
    )


def _total(whole: int, sampled: int, plan: Plan, *, at_least: int) -> Count:
    """Return how many there are: exactly if all were read, else a round number that is very likely exceeded."""
    if whole > planning.BOUND:
        return Count(planning.BOUND, exact=False)
    if whole or not sampled:
        return Count(whole)
    likely = min(sampled - 2 * isqrt(sampled), planning.BOUND) * plan.rate
    unit = 10 ** (len(str(max(likely, 1))) - 1)
    return Count(max(likely // unit * unit, at_least), exact=False)
