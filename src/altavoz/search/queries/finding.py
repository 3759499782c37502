"""Finding: one page of works, how many there are, and what else could be chosen."""

from dataclasses import replace

from altavoz.search import asking, cursors, facets, terms
from altavoz.search.documents import Count, Page, Query
from altavoz.search.queries.matched import Asked, matched
from altavoz.search.queries.newest import is_indexed, newest
from altavoz.search.queries.similar import similar
from altavoz.search.queries.statements import facet_values, hidden, page
from altavoz.search.queries.tallies import counts

MOST = 100  #: works on one page


def find(query: Query) -> Page:
    """Return the page of works that `query` asks for; raises BadCursor.

    1. Without words, languages and kinds are read from the indexes by date, their counts from counters.
    2. Anything else is matched against the index of words; if nothing at all matches, titles with similar
       words are returned.
    """
    asked = replace(
        query, limit=min(max(query.limit, 1), MOST), sort=query.sort if query.text.strip() else "newest"
    )
    cursors.read(asked.cursor, asked.sort)
    selected = facets.selection(asked)
    if asked.text.strip():
        words = asking.tsquery(asked)
        return _searched(words, selected, asked) if words else Page()
    return _browsed(selected, asked)


def _browsed(selected: facets.Selection, query: Query) -> Page:
    if not is_indexed(selected):
        return _filtered(selected, query)
    total, values = counts(selected) or (0, [])
    hits, cursor = page(newest(selected, query), query)
    return Page(
        hits=hits,
        cursor=cursor,
        total=Count(total),
        facets=facet_values(values),
        hidden=hidden(values, selected.get("l", ())),
    )


def _filtered(selected: facets.Selection, query: Query) -> Page:
    """Return a page of a state that the indexes by date do not serve; counters may know it all the same."""
    asked = Asked(words="", strict=asking.filters(selected), relaxed=asking.relaxed("", selected))
    found = _matching(asked, selected, query)
    known = counts(selected)
    return replace(found, total=Count(known[0]), facets=facet_values(known[1])) if known else found


def _searched(words: str, selected: facets.Selection, query: Query) -> Page:
    strict = terms.all_of([words, asking.filters(selected)])
    found = _matching(
        Asked(words=words, strict=strict, relaxed=asking.relaxed(words, selected)), selected, query
    )
    if found.total.value or query.cursor or found.hidden:
        return found
    guesses = page(similar(selected, query), query)[0]
    return replace(found, hits=guesses, total=Count(len(guesses), exact=len(guesses) < query.limit))


def _matching(asked: Asked, selected: facets.Selection, query: Query) -> Page:
    answer = matched(asked, selected, query)
    hits, cursor = page(answer.found, query)
    return Page(
        hits=hits,
        cursor=cursor,
        total=answer.total,
        facets=facet_values(answer.counts),
        hidden=hidden(answer.counts, selected.get("l", ())),
    )
