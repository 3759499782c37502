"""The addresses that visitors ask for: drawn by lot from what the database holds, the same in every run."""

import random
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.db import connection

_INTERFACES = ("es", "pt-br", "fr", "en", "ar", "ja")
#: Languages whose words are searched for, and the interface in which people do it.
_SEARCHED = {"es": "es", "ja": "ja", "ar": "ar", "en": "en", "pt": "pt-br", "ru": "en"}
_MANY = 2_000
_CURSORS = 40  # states of the list that are paged on
_DEEPEST = 5
_FACETS: Mapping[str, tuple[str, ...]] = {
    "language": ("es", "pt", "fr", "ja", "ar", "ru", "ko", "en", "de", "it"),
    "kind": ("talk", "video"),
    "length": ("short", "medium", "long"),
    "year": tuple(str(year) for year in range(2015, 2027)),
}
# What people choose, and how often: nothing, one facet, two of them, three.
_CHOSEN = ((0, 3), (1, 4), (2, 2), (3, 1))


def all_pages() -> dict[str, list[str]]:
    """Return the paths of each page that is measured."""
    return {"home": home(), "explore": explore(), "search": search(), "work": work()}


def home() -> list[str]:
    """Return the front page in each interface language."""
    return [f"/{code}/" for code in _INTERFACES]


def explore() -> list[str]:
    """Return lists narrowed by nothing up to three facets, a quarter of them on a later page."""
    chance = random.Random(1)  # noqa: S311  drawing by lot
    states = [_state(chance) for _ in range(_MANY)]
    later = [[*state, ("cursor", cursor)] for state in states[:_CURSORS] for cursor in _cursors(state)]
    drawn = [*states, *(chance.choice(later) for _ in range(_MANY // 3))]
    return [_address(chance.choice(_INTERFACES), state) for state in drawn]


def search(language: str = "") -> list[str]:
    """Return searches for words of works in the language, in each that is measured if none is given."""
    chance = random.Random(2)  # noqa: S311  drawing by lot
    tags = [language] if language else list(_SEARCHED)
    return [
        _address(_SEARCHED[tag], [("q", asked)])
        for tag in tags
        for asked in _questions(tag, _MANY // len(_SEARCHED), chance)
    ]


def work() -> list[str]:
    """Return pages of works drawn by lot."""
    chance = random.Random(3)  # noqa: S311  drawing by lot
    rows = _rows(
        "SELECT publication_id, slug FROM showcase_revision r JOIN showcase_publication p"
        " ON p.published_revision_id = r.id ORDER BY hashint8(p.id) LIMIT %s",
        [_MANY * 2],
    )
    return [f"/{chance.choice(_INTERFACES)}/works/{pk}-{quote(slug)}/" for pk, slug in rows]


def _state(chance: random.Random) -> list[tuple[str, str]]:
    numbers, weights = zip(*_CHOSEN, strict=True)
    names = chance.sample(list(_FACETS), chance.choices(numbers, weights)[0])
    return [(name, chance.choice(_FACETS[name])) for name in sorted(names, key=list(_FACETS).index)]


def _cursors(state: list[tuple[str, str]]) -> list[str]:
    """Return where the second and the next pages of a list begin."""
    from django.http import QueryDict

    from altavoz import search as index
    from altavoz.web import filters

    found: list[str] = []
    while len(found) < _DEEPEST:
        asked = filters.read(QueryDict(urlencode(state))).asked(cursor=found[-1] if found else "")
        cursor = index.find(asked).cursor
        if cursor is None:
            break
        found.append(cursor)
    return found


def _questions(language: str, count: int, chance: random.Random) -> list[str]:
    """Return one, two or three words as they follow each other in titles; of texts without spaces, characters."""
    titles = _rows(
        "SELECT r.title FROM showcase_revision r JOIN showcase_publication p ON p.published_revision_id = r.id"
        " WHERE r.metadata_language = %s ORDER BY hashint8(p.id) LIMIT %s",
        [language, count],
    )
    if not titles:
        raise SystemExit(f"No work is described in {language}")
    return [_question(chance.choice(titles)[0], chance) for _ in range(count)]


def _question(title: str, chance: random.Random) -> str:
    words = title.split()
    start = chance.randrange(len(words))
    asked = " ".join(words[start : start + chance.choices((1, 2, 3), (5, 4, 1))[0]])
    if len(asked) > 1 and ord(max(asked)) > 0x2E80:  # noqa: PLR2004  from here on words are not set apart
        begin = chance.randrange(len(asked) - 1)
        return asked[begin : begin + chance.randrange(2, 6)]
    return asked


def _address(interface: str, pairs: list[tuple[str, str]]) -> str:
    return f"/{interface}/explore/" + (f"?{urlencode(pairs)}" if pairs else "")


def _rows(sql: str, parameters: list[str | int]) -> list[tuple]:  # type: ignore[type-arg]  # as the statement says
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
