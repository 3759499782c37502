"""How well a work answers a question, as a whole number that a cursor can hold."""

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from altavoz.search.queries import planning
from altavoz.search.queries.statements import SCORE_UNIT

# Weights of summary (C), topics and names (B) and title (A); longer texts count less. Where all words are there,
# the nearer they stand the better; where some are missing, how often the others are there.
_WEIGHED = "'{0.1,0.2,0.4,1}', terms, %(words)s::tsquery, 33"
_NEAR = f"ts_rank_cd({_WEIGHED})"


class Sign(NamedTuple):
    """What a work may have, as a tsquery, and how much it says that it does."""

    query: str
    weight: int


def signs(queries: Iterable[str]) -> tuple[Sign, ...]:
    """Weigh tsqueries by how rare the planner expects them to be, in one statement; the rarest first."""
    asked = list(dict.fromkeys(queries))
    every, *expected = planning.frequencies(asked)
    return tuple(
        Sign(query, round(100 * log(1 + every / max(n, 1))))
        for n, query in sorted(zip(expected, asked, strict=True))
    )


def score(parts: Sequence[str]) -> str:
    """Return the SQL of the score: of all words or, with `parts`, of those that are there."""
    if not parts:
        return f"({_NEAR} * {SCORE_UNIT})"
    names = [
        f"(terms @@ %(part_{at})s::tsquery)::int * (SELECT part_{at} FROM weights)"  # noqa: S608 -- constants
        for at in range(len(parts))
    ]
    return f"(({' + '.join(names)} + {_NEAR}) * {SCORE_UNIT} / 10)"


def weights(parts: Sequence[str]) -> str:
    """Return the SQL of what each part says: the fewer of the works that were read have it, the more.

    Not how frequent it is among all works is asked: most are in English, where every word of another language is rare.
    """
    having = [f"count(*) FILTER (WHERE terms @@ %(part_{at})s::tsquery)" for at in range(len(parts))]
    each = (f"ln(1 + count(*) / greatest({works}, 1)::float) AS part_{at}" for at, works in enumerate(having))
    return f"SELECT {', '.join(each)} FROM whole"  # noqa: S608 -- constants


def weighed(signs: Sequence[Sign]) -> str:
    """Return the SQL that adds up the weights of the signs a row has."""
    tests = (f"(terms @@ %({name})s::tsquery)::int" for name in parameters(signs))
    return " + ".join(f"{test} * {sign.weight}" for test, sign in zip(tests, signs, strict=True))


def parameters(signs: Sequence[Sign]) -> Mapping[str, str]:
    """Return the parameters of `weighed`."""
    return {f"sign_{at}": sign.query for at, sign in enumerate(signs)}
