"""Reading one page in the order asked for: by date, by relevance, or in fair turns."""

from dataclasses import dataclass

from altavoz.search import cursors, fairness
from altavoz.search.cursors import Place
from altavoz.search.documents import Count, Hit, Query
from altavoz.search.facets import Selection
from altavoz.search.queries import planning
from altavoz.search.queries.matched import Asked, Matched, matched
from altavoz.search.queries.newest import is_indexed, newest
from altavoz.search.queries.statements import page

#: Turns are taken among so many of the newest, then among as many of those before.
WINDOW = planning.BOUND


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The hits of a page, where the next one begins, how many there are, and the counts of facets."""

    hits: tuple[Hit, ...]
    cursor: str | None
    total: Count
    counts: list[tuple[str, int]]


def read(asked: Asked, selected: Selection, query: Query, *, known: int | None = None) -> Answer:
    """Return the page that `query` asks for.

    In fair order the newest work of everyone comes before the second of anyone. Turns are taken among the newest
    `WINDOW` works, and when these are through among the next, so that a page costs the same however many there are.
    """
    if query.sort == "fair":
        return _fair(asked, selected, query, known)
    place = cursors.read(query.cursor, query.sort)
    answer = _rows(asked, selected, query, place, query.limit + 1, known)
    hits, cursor = page(answer.found, query)
    return Answer(hits=hits, cursor=cursor, total=answer.total, counts=answer.counts)


def _fair(asked: Asked, selected: Selection, query: Query, known: int | None) -> Answer:
    place, start = cursors.read(query.cursor, "fair"), cursors.start(query.cursor)
    answer = _rows(asked, selected, query, start, WINDOW + 1, known)
    window = answer.found[:WINDOW]
    turns = fairness.in_turn(window, answer.makers)
    left = [row for row in turns if place is None or fairness.order(row[1]) > fairness.order(place)]
    shown = left[: query.limit]
    cursor = None
    if len(left) > query.limit:
        cursor = cursors.write(shown[-1][1], "fair", start=start or _before(window[0][1]))
    elif len(answer.found) > WINDOW:
        last = window[-1][1]
        cursor = cursors.write(last._replace(score=0), "fair", start=last)
    hits = tuple(Hit(subject) for subject, _place in shown)
    return Answer(hits=hits, cursor=cursor, total=answer.total, counts=answer.counts)


def _before(first: Place) -> Place:
    """Return the place behind which `first` comes first: what is published meanwhile disturbs no later page."""
    return first._replace(pk=first.pk + 1)


def _rows(
    asked: Asked, selected: Selection, query: Query, place: Place | None, limit: int, known: int | None
) -> Matched:
    if asked.words or known is None or not is_indexed(selected):
        return matched(asked, selected, query, place=place, limit=limit, known=known)
    found, makers = newest(selected, place, limit)
    return Matched(found=found, total=Count(known), counts=[], makers=makers)
