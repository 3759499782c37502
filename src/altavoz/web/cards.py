"""What cards, lists and trails show: plain values, so that a drawn card can be remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from altavoz.core.subjects import key_of
from altavoz.showcase import listed
from altavoz.showcase.models import Creator, Publication
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
    asked: str = ""  # words that the card was found by, to be marked


@dataclass(frozen=True, kw_only=True)
class CreatorCard:
    """A creator as a card shows them."""

    name: str
    page: str
    about: str = ""
    languages: tuple[str, ...] = ()
    works: int = 0
    claimed: bool = False
    topics: tuple[str, ...] = ()
    country: str = ""


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


def works(subjects: Sequence[str], asked: str = "") -> tuple[WorkCard, ...]:
    """Return cards of what is visible among the subjects, in their order, by one query; `asked` found them."""
    pks = [key_of(subject) for subject in subjects]
    found = listed.works(pks)
    return tuple(
        _card(subject, found[pk], asked) for subject, pk in zip(subjects, pks, strict=True) if pk in found
    )


def _card(subject: str, row: listed.Listed, asked: str) -> WorkCard:
    return WorkCard(
        subject=subject,
        title=row.title,
        page=row.page,
        kind=row.kind,
        language=row.metadata_language,
        spoken_language=row.spoken_language,
        summary=row.summary,
        creator_name=", ".join(row.creators),
        image=pictures.renditions(row.renditions),
        published_at=row.published_at,
        duration_s=row.duration_s,
        asked=asked,
    )


def creator_card(row: Creator, topics: Sequence[str] = ()) -> CreatorCard:
    """Return the card of a creator that was decorated with their languages and number of works; topics in words."""
    return CreatorCard(
        name=row.name,
        page=row.page,
        about=row.about,
        languages=row.languages[:4],
        works=row.visible_works,
        claimed=row.claimed_at is not None,
        topics=tuple(topics),
        country=row.country,
    )


def shown(row: Publication, creators: Sequence[Creator]) -> WorkCard:
    """Return the card of one visible work whose revision and creators are at hand."""
    revision = row.published_revision
    assert revision is not None  # noqa: S101 - the database keeps this promise for visible ones
    return WorkCard(
        subject=row.subject,
        title=revision.title,
        page=revision.page,
        kind=revision.kind,
        language=revision.metadata_language,
        spoken_language=revision.spoken_language,
        summary=revision.summary,
        creator_name=", ".join(creator.name for creator in creators),
        image=pictures.renditions(revision.thumbnail.renditions) if revision.thumbnail else (),
        published_at=revision.published_at,
        duration_s=revision.duration_s,
    )


def fediverse(creators: Sequence[Creator]) -> str:
    """Return the name in the fediverse of the first creator who has one, as `fediverse:creator` wants it."""
    named = (
        row.handles[name] for row in creators for name in ("mastodon", "fediverse") if name in row.handles
    )
    return next(named, "")
