"""Works that go with one: about the same, in the same language, by others; not the ones everybody knows."""

from collections.abc import Sequence

from altavoz.search import terms
from altavoz.search.documents import Hit
from altavoz.search.queries import ranking
from altavoz.search.queries.ranking import Sign
from altavoz.search.queries.statements import rows

_MOST_SIGNS = 10  # words of the title and topics by which others are looked for
_MOST_READ = 400
_LEAST_WEIGHT = 300  # what one work in twenty has says nothing of this one
_SUBJECT = """SELECT language, facets,
        ARRAY(SELECT lexeme FROM unnest(ts_filter(terms, '{a}')) WHERE length(lexeme) > 2)
    FROM search_indexed WHERE subject = %(subject)s"""


def related(subject: str, *, limit: int) -> tuple[Hit, ...]:
    """Return up to `limit` works that go with `subject`, the closest first; none for what is not in the index.

    1. What title and topics say is weighed by how rare it is, so that what is popular is not close to everything.
    2. Works in the same language come before others.
    3. Each creator is there once before any is there twice; those of the subject itself come last.
    At most three statements, whatever there is.
    """
    found = rows(_SUBJECT, {"subject": subject})
    if not found or limit < 1:
        return ()
    language, held, words = found[0]
    makers = {facet for facet in held if facet[:2] == "c:"}
    signs = _rarest([*(terms.facet(facet) for facet in held if facet[:2] == "t:"), *map(terms.quoted, words)])
    near = _near(subject, language, signs) if signs else []
    return tuple(Hit(one, score / 100) for one, score in _in_turn(near, makers)[:limit])


def _rarest(queries: Sequence[str]) -> tuple[Sign, ...]:
    """Return the signs that say most, of those that not every other work has."""
    weighed = ranking.signs(queries[: 4 * _MOST_SIGNS]) if queries else ()
    return tuple(sign for sign in weighed if sign.weight >= _LEAST_WEIGHT)[:_MOST_SIGNS] or weighed[:1]


def _near(subject: str, language: str, signs: Sequence[Sign]) -> list[tuple[str, int, list[str]]]:
    """Return works that share signs, with how close they are and who made them, the closest first."""
    given = {f"sign_{at}": sign.query for at, sign in enumerate(signs)}
    score = " + ".join(
        f"(terms @@ %({name})s::tsquery)::int * {sign.weight}"
        for name, sign in zip(given, signs, strict=True)
    )
    shared = terms.any_of(given.values())
    mine = terms.facet(f"l:{language}")
    sql = f"""WITH mine AS MATERIALIZED (SELECT subject, published_at, facets, terms FROM search_indexed
            WHERE terms @@ %(mine)s::tsquery AND subject <> %(subject)s LIMIT {_MOST_READ}),
        others AS MATERIALIZED (SELECT subject, published_at, facets, terms FROM search_indexed
            WHERE terms @@ %(others)s::tsquery AND (SELECT count(*) FROM mine) < %(few)s LIMIT {_MOST_READ})
        SELECT subject, score, makers FROM (
            SELECT subject, published_at, 0 AS place, {score} AS score, facets AS makers FROM mine
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
    return [
        (one, int(score_), [f for f in held if f[:2] == "c:"]) for one, score_, held in rows(sql, parameters)
    ]


def _in_turn(near: Sequence[tuple[str, int, list[str]]], makers: set[str]) -> list[tuple[str, int]]:
    """Return works such that each creator is there once before any is there twice."""
    seen: dict[str, int] = dict.fromkeys(makers, 1)
    turns = []
    for place, (subject, score, credited) in enumerate(near):
        turn = max((seen.get(maker, 0) for maker in credited), default=0)
        seen.update({maker: seen.get(maker, 0) + 1 for maker in credited})
        turns.append((turn, place, subject, score))
    return [(subject, score) for _turn, _place, subject, score in sorted(turns)]
