"""How a search is read with bounded work: decided from what the planner's statistics expect."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from altavoz.search import buckets, terms
from altavoz.search.queries.statements import rows

#: Up to so many matches are read and sorted whole, and counted exactly; beyond, people see "more than".
BOUND = 500
#: Of frequent words so many compete for relevance: the newest, ten pages.
COMPETING = 240
#: Where enough are expected within so many works, walking along the dates is cheapest.
WALKED = 3000
#: So far a walk goes at most, when the expectation was wrong.
FURTHEST = 5 * WALKED
#: How many days back one looks at a time, before all others.
SPANS = (12, 60, 300, 1500)
_SAMPLED = 150  # matches that a sample should hold
_DOUBT = 2  # how far expectations are trusted
_DIRECT = "SELECT 1 FROM search_indexed"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the planner expects: works that match, that match with other facets, all, and those of each span."""

    strict: int
    relaxed: int
    every: int
    within: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to read: the matches whole or the newest along `spans`; facets from samples of one in `rate`."""

    is_rare: bool
    is_walk: bool
    spans: tuple[int, ...]
    rate: int
    relaxed_rate: int


def expected(strict: str, relaxed: str, until: datetime | None, now: datetime) -> Expected:
    """Ask the planner, in one statement that reads no work."""
    dates = {f"since_{days}": _before(until or now, days) for days in SPANS}
    tests = ["terms @@ %(strict)s::tsquery", "terms @@ %(relaxed)s::tsquery"]
    upper = "AND published_at <= %(until)s" if until else ""
    spans = [f"published_at >= %({name})s {upper}" for name in dates]
    sql = " UNION ALL ".join([_DIRECT, *(f"{_DIRECT} WHERE {test}" for test in (*tests, *spans))])
    parameters = {"strict": strict, "relaxed": relaxed, "until": until, **dates}
    every, first, second, *within = _plan_rows(sql, parameters)
    return Expected(strict=first, relaxed=second, every=every, within=tuple(within))


def _before(moment: datetime, days: int) -> datetime:
    earliest = datetime.min.replace(tzinfo=UTC)
    return earliest + max(moment - earliest - timedelta(days), timedelta())


def frequencies(queries: Sequence[str]) -> list[int]:
    """Return how many documents there are, and how many are expected to match each tsquery; one statement."""
    given = {f"query_{at}": query for at, query in enumerate(queries)}
    tests = [f"{_DIRECT} WHERE terms @@ %({name})s::tsquery" for name in given]
    # Of a single branch the plan has another form.
    return _plan_rows(" UNION ALL ".join([_DIRECT, _DIRECT, *tests]), given)[1:]


def _plan_rows(sql: str, parameters: Mapping[str, Any]) -> list[int]:
    """Return how many rows each branch of a statement is expected to have; a wrong guess costs time, never truth."""
    ((plan,),) = rows(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
    parsed = json.loads(plan) if isinstance(plan, str) else plan
    return [part["Plan Rows"] for part in parsed[0]["Plan"]["Plans"]]


def decided(expected: Expected, wanted: int) -> Plan:
    """Return how to read: few matches whole, frequent ones along the dates, others season by season."""
    share = max(expected.strict, BOUND) / max(expected.every, 1)
    enough = [
        days for days, works in zip(SPANS, expected.within, strict=True) if works * share >= _DOUBT * wanted
    ]
    return Plan(
        is_rare=expected.strict <= _DOUBT * BOUND,
        is_walk=wanted <= WALKED * share and expected.strict > _DOUBT * BOUND,
        spans=tuple(enough or SPANS[-1:]),
        rate=rate(expected.strict),
        relaxed_rate=rate(expected.relaxed),
    )


#: How to read what is likely rare, without asking the planner first.
UNASKED = Plan(is_rare=True, is_walk=False, spans=SPANS[2:], rate=1, relaxed_rate=1)


def rate(matches: int) -> int:
    """Return the rate of the smallest sample that holds enough of so many matches; 1 if all are to be read."""
    return next((rate for rate in buckets.RATES if matches >= rate * _SAMPLED), 1)


def sampled(query: str, rate: int) -> str:
    """Return the tsquery of what matches `query` in the sample of that rate."""
    return terms.all_of([query, terms.facet(buckets.sample(rate)) if rate > 1 else ""])


def season(query: str, days: int, until: datetime | None, now: datetime) -> str:
    """Return the tsquery of what matches `query` in the last `days`."""
    return terms.all_of([query, terms.any_of(map(terms.facet, buckets.cover(days, until, now=now)))])


def older(query: str, spans: Sequence[int], until: datetime | None, now: datetime) -> str:
    """Return the tsquery of what matches `query` before the longest of `spans`."""
    seen = terms.any_of(map(terms.facet, buckets.cover(max(spans), until, now=now)))
    return terms.all_of([query, f"!{seen}"])
