"""What lists show of works, read by one statement."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from altavoz.core import statements

_LONGEST = 1_000  # characters of a summary; no list shows more
_READ = f"""
    SELECT p.id, r.title, r.slug, r.kind, r.metadata_language, r.spoken_language, left(r.summary, {_LONGEST}),
        r.published_at, r.duration_s, t.renditions,
        ARRAY(SELECT c.name FROM showcase_credit k JOIN showcase_creator c ON c.id = k.creator_id
            WHERE k.publication_id = p.id ORDER BY k.position, k.id)
    FROM showcase_publication p
    JOIN showcase_revision r ON r.id = p.published_revision_id
    LEFT JOIN showcase_thumbnail t ON t.id = r.thumbnail_id
    WHERE p.id = ANY(%s::bigint[])"""  # noqa: S608 - constants


class Listed(NamedTuple):
    """A visible work as lists show it; `renditions` are its stored pictures (`name`, `type`, `width`)."""

    pk: int
    title: str
    slug: str
    kind: str
    metadata_language: str
    spoken_language: str
    summary: str
    published_at: datetime | None
    duration_s: int | None
    renditions: tuple[Mapping[str, object], ...]
    creators: tuple[str, ...]

    @property
    def page(self) -> str:
        """The path of the work's page below /<interface language>/."""
        return f"works/{self.pk}-{self.slug}/"


def works(pks: Collection[int]) -> dict[int, Listed]:
    """Return what is visible among the works, by id. Models would take ten times as long for a page of them."""
    return {row[0]: _listed(row) for row in statements.rows(_READ, [list(pks)])} if pks else {}


def _listed(row: tuple[Any, ...]) -> Listed:
    return Listed._make((*row[:-2], tuple(_read(row[-2])), tuple(row[-1])))


def _read(renditions: str | list[Mapping[str, object]] | None) -> list[Mapping[str, object]]:
    """Return the renditions; Django leaves JSON unread on its connections."""
    return json.loads(renditions) if isinstance(renditions, str) else renditions or []
