"""Works whose titles have words that differ by a slip of the finger from those asked for."""

from altavoz.search import asking, terms
from altavoz.search.cursors import Place
from altavoz.search.documents import Query
from altavoz.search.facets import Selection
from altavoz.search.queries.statements import rows

_MOST = 1000  # titles that are compared by date


def similar(selected: Selection, query: Query) -> list[tuple[str, Place]]:
    """Return the newest works with similar words in their titles; nothing where words are too short for slips."""
    words, exact = asking.near(query)
    if not words:
        return []
    parameters: dict[str, object] = {f"word_{at}": numbers for at, numbers in enumerate(words)}
    tests = [f"near && %(word_{at})s::int[]" for at in range(len(words))]
    strict = terms.all_of([exact, asking.filters(selected)])
    tests += ["terms @@ %(strict)s::tsquery"] * bool(strict)
    parameters |= {"strict": strict, "most": _MOST, "limit": query.limit}
    found = rows(
        "SELECT subject, published_at, id FROM (SELECT subject, published_at, id FROM search_indexed "  # noqa: S608
        f"WHERE {' AND '.join(tests)} LIMIT %(most)s) AS titles ORDER BY published_at DESC, id DESC LIMIT %(limit)s",
        parameters,
    )
    return [(subject, Place(0, published_at, pk)) for subject, published_at, pk in found]
