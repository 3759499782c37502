"""Counts of the states in which people browse, from counters kept with every change."""

from collections import defaultdict
from collections.abc import Mapping

from altavoz.search.facets import NAMES, TOTAL, Selection, scopes_for
from altavoz.search.queries.statements import rows

# Of free-form topics there may be thousands; no page shows more than some dozens.
_READ = """SELECT scope, facet, n FROM (
        SELECT scope, facet, sum(change) AS n,
            row_number() OVER (PARTITION BY scope, left(facet, 1) ORDER BY sum(change) DESC) AS place
        FROM search_tally WHERE scope = ANY(%(scopes)s) GROUP BY scope, facet HAVING sum(change) > 0) AS counted
    WHERE place <= 50"""


def counts_by_language() -> dict[str, int]:
    """Return how many works there are in each language, most first."""
    found = {facet[2:]: int(n) for _scope, facet, n in rows(_READ, {"scopes": [""]}) if facet[0] == "l"}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def counts(selected: Selection) -> tuple[int, list[tuple[str, int]]] | None:
    """Return the total of a state and the counts of its facets; None if no counter knows the state.

    The values of a facet that is filtered by are counted as if it were not, so that one can change one's mind.
    """
    wanted = _wanted(selected)
    if wanted is None:
        return None
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for scope, facet, n in rows(
        _READ, {"scopes": sorted({scope for row in wanted.values() for scope in row})}
    ):
        sums[scope][facet] = int(n)
    total = sum(sums[scope].get(TOTAL, 0) for scope in wanted[TOTAL])
    return total, [pair for letter in NAMES for pair in _summed(letter, wanted[letter], sums)]


def _wanted(selected: Selection) -> Mapping[str, list[str]] | None:
    """Return for the total and each facet the scopes its counts come from."""
    own = scopes_for(selected)
    if own is None:
        return None
    others = {
        letter: scopes_for({key: selected[key] for key in selected if key != letter}) for letter in selected
    }
    return {TOTAL: own, **{letter: others.get(letter) or own for letter in NAMES}}


def _summed(letter: str, scopes: list[str], sums: Mapping[str, Mapping[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = defaultdict(int)
    for scope in scopes:
        for facet, n in sums[scope].items():
            if facet[0] == letter:
                found[facet] += n
    return list(found.items())
