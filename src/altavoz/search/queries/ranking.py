"""How well a work answers a question, as a whole number that a cursor can hold."""

from collections.abc import Mapping, Sequence

from altavoz.search.queries.statements import SCORE_UNIT

# Weights of summary (C), topics and names (B) and title (A); longer texts count less. Where all words are there,
# the nearer they stand the better; where some are missing, how often the others are there.
_WEIGHED = "'{0.1,0.2,0.4,1}', terms, %(words)s::tsquery, 33"
_NEAR = f"ts_rank_cd({_WEIGHED})"


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


def shared(parts: Sequence[str]) -> str:
    """Return the SQL of how much a row has in common: what its title has counts twice."""
    return " + ".join(
        f"((terms @@ %(part_{at})s::tsquery)::int + (terms @@ %(title_{at})s::tsquery)::int)"  # noqa: S608 -- constants
        f" * (SELECT part_{at} FROM weights)"
        for at in range(len(parts))
    )


def parameters(parts: Sequence[str]) -> Mapping[str, str]:
    """Return the parameters of the SQL above; a topic counts as if it stood in titles."""
    titles = {f"title_{at}": part if part.startswith("'=") else f"{part}:A" for at, part in enumerate(parts)}
    return {**titles, **{f"part_{at}": part for at, part in enumerate(parts)}}
