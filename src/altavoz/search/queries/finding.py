"""Finding: one page of works, how many there are, and what else could be chosen."""

from dataclasses import replace

from altavoz.search import asking, cursors, facets, terms
from altavoz.search.asking import Words
from altavoz.search.documents import Count, Hit, Page, Query
from altavoz.search.queries import orders
from altavoz.search.queries.matched import Asked
from altavoz.search.queries.orders import Answer
from altavoz.search.queries.statements import facet_values, hidden
from altavoz.search.queries.suggesting import suggestion
from altavoz.search.queries.tallies import counts

MOST = 100  #: works on one page
DOUBTFUL = 3  #: with fewer, the question may have a slip
FEW = 12  #: with fewer hits, works that have only some of the words follow


def find(query: Query) -> Page:
    """Return the page of works that `query` asks for; raises BadCursor.

    1. Without words, languages and kinds are read from the indexes by date, their counts from counters.
    2. Anything else is matched against the index of words.
    3. Where that finds few, words that no work has are put right; works for the question put right, and works that
       have nearly all of the words, follow. These come all on the first page.
    """
    sort = query.sort if query.text.strip() or query.sort == "fair" else "newest"
    asked = replace(query, limit=min(max(query.limit, 1), MOST), sort=sort)
    cursors.read(asked.cursor, asked.sort)
    selected = facets.selection(asked)
    if asked.text.strip():
        words = asking.words(asked)
        return _searched(words, selected, asked) if words.strict else Page()
    return _browsed(selected, asked)


def _browsed(selected: facets.Selection, query: Query) -> Page:
    """Return a page of a state without words: counted by counters where they know it."""
    asked = Asked(words="", strict=asking.filters(selected), relaxed=asking.relaxed("", selected))
    known = counts(selected)
    if known is None:
        return _page(orders.read(asked, selected, query), selected)
    answer = orders.read(asked, selected, query, known=known[0])
    return _page(replace(answer, total=Count(known[0]), counts=known[1]), selected)


def _searched(words: Words, selected: facets.Selection, query: Query) -> Page:
    strict = terms.all_of([words.strict, asking.filters(selected)])
    asked = Asked(words=words.strict, strict=strict, relaxed=asking.relaxed(words.strict, selected))
    found = _page(orders.read(asked, selected, query), selected)
    if query.cursor or len(found.hits) >= FEW:
        return found
    meant = suggestion(query) if len(found.hits) < DOUBTFUL else ""
    corrected = _corrected(meant, selected, query) if meant and not found.hits else ()
    looser = _looser(words, selected, query, FEW - len(found.hits))
    more = tuple({hit.subject: hit for hit in (*corrected, *looser)}.values())
    total = Count(len(found.hits) + len(more)) if more else found.total
    return replace(found, hits=(*found.hits, *more), total=total, loose=len(more), suggestion=meant)


def _corrected(meant: str, selected: facets.Selection, query: Query) -> tuple[Hit, ...]:
    """Return the best works for the question as it may have been meant."""
    words = asking.words(replace(query, text=meant)).strict
    asked = Asked(words=words, strict=terms.all_of([words, asking.filters(selected)]), relaxed="")
    return orders.read(asked, selected, replace(query, sort="relevant", limit=FEW)).hits


def _looser(words: Words, selected: facets.Selection, query: Query, limit: int) -> tuple[Hit, ...]:
    """Return works that have nearly all of the words, the best first."""
    if not words.loose:
        return ()
    strict = terms.all_of([words.loose, asking.filters(selected), f"!{words.strict}"])
    parts = words.each if len(words.each) > 1 else ()
    asked = Asked(words=words.any, strict=strict, relaxed="", parts=parts)
    return orders.read(asked, selected, replace(query, sort="relevant", limit=limit)).hits


def _page(answer: Answer, selected: facets.Selection) -> Page:
    return Page(
        hits=answer.hits,
        cursor=answer.cursor,
        total=answer.total,
        facets=facet_values(answer.counts),
        hidden=hidden(answer.counts, selected.get("l", ())),
    )
