"""What cards, lists and trails show: plain values, so that a drawn card can be remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from altavoz.core.subjects import key_of
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Credit, Publication
from altavoz.web import pictures


@dataclass(frozen=True, kw_only=True)
class WorkCard:
    """A work as a card shows it."""

    subject: str
    title: str
    page: str
    kind: str
    language: str
    spoken_language: str
    summary: str = ""
    creator_name: str = ""
    image: tuple[pictures.Rendition, ...] = ()
    published_at: datetime | None = None
    duration_s: int | None = None


@dataclass(frozen=True, kw_only=True)
class CreatorCard:
    """A creator as a card shows them."""

    name: str
    page: str
    about: str = ""
    languages: tuple[str, ...] = ()
    works: int = 0
    claimed: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """Somewhere to go."""

    label: str
    href: str
    language: str = ""
    count: int | None = None
    active: bool = False
    external: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A question that narrows a list, with its answers."""

    title: str
    name: str
    values: tuple[Link, ...]

    @property
    def active(self) -> bool:
        """Return whether the list is narrowed by it."""
        return any(value.active for value in self.values)


def works(subjects: Sequence[str]) -> tuple[WorkCard, ...]:
    """Return cards of what is visible among the subjects, in their order, by one query."""
    pks = [key_of(subject) for subject in subjects]
    credited = Credit.objects.filter(publication=OuterRef("pk")).order_by("position", "pk")
    rows = (
        showcase.visible()
        .filter(pk__in=pks)
        .select_related("published_revision__thumbnail")
        .annotate(names=ArraySubquery(credited.values("creator__name")))
    )
    found = {row.pk: work_card(row) for row in rows}
    return tuple(found[pk] for pk in pks if pk in found)


def work_card(row: Publication) -> WorkCard:
    """Return the card of a visible publication that carries the `names` of its creators."""
    shown = row.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    return WorkCard(
        subject=row.subject,
        title=shown.title,
        page=shown.page,
        kind=shown.kind,
        language=shown.metadata_language,
        spoken_language=shown.spoken_language,
        summary=shown.summary,
        creator_name=", ".join(row.names),  # type: ignore[attr-defined]  # annotated above
        image=pictures.renditions(shown.thumbnail.renditions) if shown.thumbnail else (),
        published_at=shown.published_at,
        duration_s=shown.duration_s,
    )


def creator_card(row: Creator) -> CreatorCard:
    """Return the card of a creator that was decorated with their languages and number of works."""
    return CreatorCard(
        name=row.name,
        page=row.page,
        about=row.about,
        languages=row.languages[:4],
        works=row.visible_works,
        claimed=row.claimed_at is not None,
    )


def shown(row: Publication, creators: Sequence[Creator]) -> WorkCard:
    """Return the card of one work whose creators are at hand."""
    row.names = [creator.name for creator in creators]  # type: ignore[attr-defined]  # as `works` annotates it
    return work_card(row)


def fediverse(creators: Sequence[Creator]) -> str:
    """Return the name in the fediverse of the first creator who has one, as `fediverse:creator` wants it."""
    named = (
        row.handles[name] for row in creators for name in ("mastodon", "fediverse") if name in row.handles
    )
    return next(named, "")
