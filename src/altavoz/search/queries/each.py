"""The newest work of each of some languages, so that a loud language does not drown the others."""

from collections.abc import Sequence

from altavoz.search.documents import Hit
from altavoz.search.queries.statements import rows

_NEWEST = """SELECT found.subject FROM unnest(%(tags)s::text[]) WITH ORDINALITY AS asked(tag, place)
    CROSS JOIN LATERAL (SELECT subject FROM search_indexed WHERE language = asked.tag
        ORDER BY published_at DESC, id DESC LIMIT 1) AS found
    ORDER BY asked.place"""


def latest_each(tags: Sequence[str]) -> tuple[Hit, ...]:
    """Return the newest work in each language that has one, in the order of the languages; one statement."""
    return tuple(Hit(subject) for (subject,) in rows(_NEWEST, {"tags": list(tags)})) if tags else ()
