"""The newest works of some languages and kinds, straight from the indexes by date."""

from typing import Any

from altavoz.core import languages
from altavoz.search import cursors
from altavoz.search.cursors import Place
from altavoz.search.documents import Hit, Query
from altavoz.search.facets import Selection
from altavoz.search.queries.statements import rows

_ORDER = "ORDER BY published_at DESC, id DESC LIMIT %(limit)s"
_AFTER = "(published_at, id) < (%(published_at)s, %(pk)s)"
_COLUMNS = "subject, published_at, id"
_LANGUAGES = "unnest(%(languages)s::text[]) AS given_language(tag)"
_KINDS = "unnest(%(kinds)s::text[]) AS given_kind(tag)"


def is_indexed(selected: Selection) -> bool:
    """Tell whether the indexes by date serve the state: nothing chosen but languages and kinds."""
    return set(selected) <= {"l", "k"}


def newest(selected: Selection, query: Query) -> list[tuple[str, Place]]:
    """Return one row more than the page: from each chosen language and kind its newest, merged."""
    place = cursors.read(query.cursor, "newest")
    parameters: dict[str, Any] = {"limit": query.limit + 1}
    parameters |= {"published_at": place.published_at, "pk": place.pk} if place else {}
    parameters |= {
        name: [value[2:] for value in selected[letter]]
        for letter, name in (("l", "languages"), ("k", "kinds"))
        if letter in selected
    }
    found = rows(_statement(selected, after=place is not None), parameters)
    return [(subject, Place(0, published_at, pk)) for subject, published_at, pk in found]


def latest(tags: tuple[str, ...], limit: int) -> tuple[Hit, ...]:
    """Return the newest works in the languages `tags`, in any language if there are none."""
    chosen = {"l": tuple(dict.fromkeys(f"l:{languages.base(tag)}" for tag in tags))} if tags else {}
    return tuple(Hit(subject) for subject, _place in newest(chosen, Query(limit=limit))[:limit])


def _statement(selected: Selection, *, after: bool) -> str:
    tests = [_AFTER] * after
    tests += ["language = given_language.tag"] * ("l" in selected) + ["kind = given_kind.tag"] * (
        "k" in selected
    )
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    one = f"SELECT {_COLUMNS} FROM search_indexed {where} {_ORDER}"  # noqa: S608 -- constants
    given = [_LANGUAGES] * ("l" in selected) + [_KINDS] * ("k" in selected)
    if not given:
        return one
    return f"SELECT {_COLUMNS} FROM {', '.join(given)}, LATERAL ({one}) AS newest {_ORDER}"  # noqa: S608 -- constants
