"""Works that go with one: about the same, in the same language, by others; not the ones everybody knows."""

from collections.abc import Sequence
from itertools import accumulate

from altavoz.search import terms
from altavoz.search.asking.reading import EMPTY
from altavoz.search.documents import Hit
from altavoz.search.queries import planning, ranking
from altavoz.search.queries.statements import rows

_MOST_SIGNS = 10  # words of the title and topics by which others are looked for
_MOST_READ = 400
_WORTH_READING = 5 * _MOST_READ
_FREQUENT = 20  # what one work in so many has says nothing of this one
# Of the forms of a word the shortest is the one that most others share; a word says little if it is very short.
_SUBJECT = """SELECT language, facets, ARRAY(
        SELECT DISTINCT ON (place) lexeme FROM unnest(ts_filter(terms, '{a}')), unnest(positions) place
        WHERE length(lexeme) > 1 ORDER BY place, length(lexeme), lexeme)
    FROM search_indexed WHERE subject = %(subject)s"""


def related(subject: str, *, limit: int) -> tuple[Hit, ...]:
    """Return up to `limit` works that go with `subject`, the closest first; none for what is not in the index.

    1. By words of the title and by topics; the rarer one is among works that share any, the more it says, and twice
       as much where it stands in their titles, too. Nothing is asked that tells how popular a work is.
    2. Works in the same language come before others.
    3. Each creator is there once before any is there twice; those of the subject itself come last.
    At most three statements, whatever there is.
    """
    found = rows(_SUBJECT, {"subject": subject})
    if not found or limit < 1:
        return ()
    language, held, words = found[0]
    makers = {facet for facet in held if facet[:2] == "c:"}
    topics = [terms.facet(facet) for facet in held if facet[:2] == "t:"]
    signs = _rarest([*topics, *(terms.quoted(word) for word in words if word not in EMPTY)])
    near = _near(subject, language, signs) if signs else []
    return tuple(Hit(one, score) for one, score in _in_turn(near, makers)[:limit])


def _rarest(queries: Sequence[str]) -> list[str]:
    """Return the tsqueries that say most: the rarest that so many works have together as are worth reading."""
    every, *expected = planning.frequencies(queries[: 4 * _MOST_SIGNS])
    rarest = sorted(zip(expected, queries, strict=False))
    together = accumulate(works for works, _query in rarest)
    return [
        query
        for at, ((works, query), total) in enumerate(zip(rarest, together, strict=True))
        if at == 0 or (total <= _WORTH_READING and works * _FREQUENT <= max(every, _MOST_READ * _FREQUENT))
    ][:_MOST_SIGNS]


def _near(subject: str, language: str, signs: Sequence[str]) -> list[tuple[str, float, list[str]]]:
    """Return works that share signs, with how close they are and who made them, the closest first."""
    score = ranking.shared(signs)
    shared = terms.any_of(signs)
    mine = terms.facet(f"l:{language}")
    sql = f"""WITH whole AS MATERIALIZED (SELECT subject, published_at, facets, terms FROM search_indexed
            WHERE terms @@ %(mine)s::tsquery AND subject <> %(subject)s LIMIT {_MOST_READ}),
        weights AS MATERIALIZED ({ranking.weights(signs)}),
        others AS MATERIALIZED (SELECT subject, published_at, facets, terms FROM search_indexed
            WHERE terms @@ %(others)s::tsquery AND (SELECT count(*) FROM whole) < %(few)s LIMIT {_MOST_READ})
        SELECT subject, score, makers FROM (
            SELECT subject, published_at, 0 AS place, {score} AS score, facets AS makers FROM whole
            UNION ALL SELECT subject, published_at, 1, {score}, facets FROM others) AS near
        ORDER BY place, score DESC, published_at DESC LIMIT %(most)s"""  # noqa: S608 -- constants
    parameters = {
        **ranking.parameters(signs),
        "subject": subject,
        "mine": terms.all_of([shared, mine]),
        "others": terms.all_of([shared, f"!{mine}"]),
        "few": _MOST_SIGNS,
        "most": _MOST_READ // 4,
    }
    found = rows(sql, parameters)
    return [(one, close, [facet for facet in held if facet[:2] == "c:"]) for one, close, held in found]


def _in_turn(near: Sequence[tuple[str, float, list[str]]], makers: set[str]) -> list[tuple[str, float]]:
    """Return works such that each creator is there once before any is there twice."""
    seen: dict[str, int] = dict.fromkeys(makers, 1)
    turns = []
    for place, (subject, score, credited) in enumerate(near):
        turn = max((seen.get(maker, 0) for maker in credited), default=0)
        seen.update({maker: seen.get(maker, 0) + 1 for maker in credited})
        turns.append((turn, place, subject, score))
    return [(subject, score) for _turn, _place, subject, score in sorted(turns)]
