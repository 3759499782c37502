"""The newest works of some languages and kinds, straight from the indexes by date."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from altavoz.core import languages
from altavoz.search.cursors import Place
from altavoz.search.documents import Hit
from altavoz.search.facets import Selection
from altavoz.search.queries.statements import rows

_ORDER = "ORDER BY published_at DESC, id DESC LIMIT %(limit)s"
_AFTER = "(published_at, id) < (%(published_at)s, %(pk)s)"
_COLUMNS = "subject, published_at, id, facets"
_FIELDS = {"l": "language", "k": "kind"}
# Up to so many combinations of languages and kinds each is read from its index; who chooses more has chosen
# nearly everything, and is served by the dates alone.
_MOST_BRANCHES = 24


def is_indexed(selected: Selection) -> bool:
    """Tell whether the indexes by date serve the state: nothing chosen but languages and kinds."""
    return set(selected) <= {"l", "k"}


def newest(
    selected: Selection, place: Place | None, limit: int
) -> tuple[list[tuple[str, Place]], Mapping[str, Sequence[str]]]:
    """Return the newest works behind `place`, merged from each chosen language and kind, and who made them."""
    after = [_AFTER] if place else []
    parameters: dict[str, Any] = {"limit": limit, **(place._asdict() if place else {})}
    chosen = [[(letter, value[2:]) for value in values] for letter, values in selected.items()]
    combinations = list(product(*chosen))
    if len(combinations) > _MOST_BRANCHES:
        parameters |= {
            _FIELDS[letter]: [value[2:] for value in values] for letter, values in selected.items()
        }
        sql = _one([*after, *(f"{_FIELDS[letter]} = ANY(%({_FIELDS[letter]})s)" for letter in selected)])
    else:
        sql = _merged(combinations, after, parameters)
    answer = rows(sql, parameters)
    found = [(subject, Place(0, published_at, pk)) for subject, published_at, pk, _facets in answer]
    return found, {subject: [one for one in held if one[:2] == "c:"] for subject, _at, _pk, held in answer}


def latest(tags: tuple[str, ...], limit: int) -> tuple[Hit, ...]:
    """Return the newest works in the languages `tags`, in any language if there are none."""
    chosen = {"l": tuple(dict.fromkeys(f"l:{languages.base(tag)}" for tag in tags))} if tags else {}
    return tuple(Hit(subject) for subject, _place in newest(chosen, None, limit)[0])


def _merged(
    combinations: list[tuple[tuple[str, str], ...]], after: list[str], parameters: dict[str, Any]
) -> str:
    """Return the statement that merges the newest of each combination, whose values become parameters.

    Each has its own branch because the planner then knows the values, and which of them are rare.
    """
    branches = []
    for at, combination in enumerate(combinations):
        parameters |= {f"{letter}{at}": value for letter, value in combination}
        tests = [f"{_FIELDS[letter]} = %({letter}{at})s" for letter, _value in combination]
        branches.append(f"({_one([*after, *tests])})")
    if len(branches) == 1:
        return branches[0]
    return f"SELECT {_COLUMNS} FROM ({' UNION ALL '.join(branches)}) AS newest {_ORDER}"  # noqa: S608 -- constants


def _one(tests: list[str]) -> str:
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    return f"SELECT {_COLUMNS} FROM search_indexed {where} {_ORDER}"  # noqa: S608 -- constants
