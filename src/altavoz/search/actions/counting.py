"""Keeping the counters of the states in which people browse."""

from collections import Counter
from collections.abc import Mapping
from itertools import product

from django.db import connection, transaction

from altavoz.search import facets
from altavoz.search.actions.statements import as_json, run

_COUNT = """INSERT INTO search_tally (scope, facet, change)
    SELECT scope, facet, change FROM jsonb_to_recordset(%s) AS given(scope text, facet text, change int)"""
_FOLD = """WITH gone AS (DELETE FROM search_tally WHERE scope IN
        (SELECT scope FROM search_tally GROUP BY scope HAVING count(*) > count(DISTINCT facet) LIMIT 2000)
        RETURNING scope, facet, change)
    INSERT INTO search_tally (scope, facet, change)
    SELECT scope, facet, sum(change) FROM gone GROUP BY scope, facet HAVING sum(change) <> 0"""


@transaction.atomic
def fold_tallies() -> None:
    """Add up the changes to each counter; what the counters say stays the same."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)


def count(difference: Mapping[tuple[str, ...], int]) -> None:
    """Add to the counters what documents with these facets have become more or fewer."""
    changes: Counter[tuple[str, str]] = Counter()
    for found, change in difference.items():
        values = [facets.TOTAL, *(facet for facet in found if facet[0] in facets.NAMES)]
        for key in product(facets.scopes_of(found) if change else (), values):
            changes[key] += change
    rows = [{"scope": scope, "facet": facet, "change": n} for (scope, facet), n in changes.items() if n]
    if rows:
        run(_COUNT, [as_json(rows)])
