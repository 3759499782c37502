"""Finding: one page of works, how many there are, and what else could be chosen."""

from dataclasses import replace

from altavoz.search import asking, cursors, facets, terms
from altavoz.search.documents import Count, Page, Query
from altavoz.search.queries.matched import Asked, Matched, matched
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
    """Return a page of a state without words: counted by counters where they know it."""
    asked = Asked(words="", strict=asking.filters(selected), relaxed=asking.relaxed("", selected))
    known = counts(selected)
    if known is None:
        return _page(matched(asked, selected, query), selected, query)
    by_date = is_indexed(selected)
    found = newest(selected, query) if by_date else matched(asked, selected, query, known=known[0]).found
    return _page(Matched(found=found, total=Count(known[0]), counts=known[1]), selected, query)


def _searched(words: str, selected: facets.Selection, query: Query) -> Page:
    strict = terms.all_of([words, asking.filters(selected)])
    asked = Asked(words=words, strict=strict, relaxed=asking.relaxed(words, selected))
    found = _page(matched(asked, selected, query), selected, query)
    if found.total.value or query.cursor or found.hidden:
        return found
    guesses = page(similar(selected, query), query)[0]
    return replace(found, hits=guesses, total=Count(len(guesses), exact=len(guesses) < query.limit))


def _page(answer: Matched, selected: facets.Selection, query: Query) -> Page:
    hits, cursor = page(answer.found, query)
    return Page(
        hits=hits,
        cursor=cursor,
        total=answer.total,
        facets=facet_values(answer.counts),
        hidden=hidden(answer.counts, selected.get("l", ())),
    )
