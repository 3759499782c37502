"""The lines of the files, as types: facts only. Summaries and pictures belong to those who made them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.utils.encoding import iri_to_uri
from ninja import Schema
from pydantic import Field

from altavoz import search
from altavoz.api.shapes import Address, Tag
from altavoz.core import languages
from altavoz.showcase import exporting
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication

_SPAN = 1_000


class WorkLine(Schema):
    """One visible work."""

    id: int
    page: Annotated[Address, Field(description="Where Altavoz shows it.")]
    url: Annotated[str, Field(description="Where it is, as its source writes it.")]
    kind: str
    title: str
    metadata_language: Annotated[Tag, Field(description="The language of the title.")]
    language: Annotated[Tag, Field(description="The language that is spoken or written in it.")]
    captions: list[Tag]
    topics: list[str]
    level: str
    duration_s: int | None
    published_at: datetime | None
    shown_at: Annotated[datetime, Field(description="Since when Altavoz shows it.")]
    creators: Annotated[list[int], Field(description="Ids of lines in creators.jsonl.")]
    licence: Annotated[str, Field(description="Of the work itself, as its source tells it.")]
    catalogue: Annotated[str, Field(description="The collection it was found in; empty if none.")]


class CreatorLine(Schema):
    """One creator who has something to show, or who claimed their page."""

    id: int
    page: Address
    name: str
    website: str
    handles: dict[str, str]
    country: Annotated[str, Field(description="Only if they chose to tell.")]
    claimed: bool
    works: int
    languages: list[Tag]


class LanguageLine(Schema):
    """One language in which somebody is heard."""

    tag: Tag
    autonym: str
    works: int


#: The files and what a line of each is.
LINES: Mapping[str, type[Schema]] = {"works": WorkLine, "creators": CreatorLine, "languages": LanguageLine}


def lines(name: str) -> Iterator[bytes]:
    """Return the lines of a file, read piece by piece."""
    rows: Iterable[Schema] = {"works": _works, "creators": _creators, "languages": _languages}[name]()
    return (f"{json.dumps(row.model_dump(mode='json'), ensure_ascii=False)}\n".encode() for row in rows)


def schema() -> dict[str, Any]:
    """Return what each line is, as JSON Schema."""
    return {f"{name}.jsonl": shape.model_json_schema() for name, shape in LINES.items()}


def _works() -> Iterator[WorkLine]:
    for rows in exporting.every_work(_SPAN):
        yield from map(
            _work, rows.select_related("published_revision", "catalogue").prefetch_related("credits")
        )


def _work(row: Publication) -> WorkLine:
    shown = row.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    return WorkLine(
        id=row.pk,
        page=f"{settings.PUBLIC_URL}/en/{iri_to_uri(shown.page)}",
        url=shown.url,
        kind=shown.kind,
        title=shown.title,
        metadata_language=shown.metadata_language,
        language=shown.spoken_language,
        captions=list(shown.captions),
        topics=list(shown.topics),
        level=row.level,
        duration_s=shown.duration_s,
        published_at=shown.published_at,
        shown_at=row.first_published_at or row.gathered_at,
        creators=[credit.creator_id for credit in row.credits.all()],
        licence=shown.licence,
        catalogue=row.catalogue.slug if row.catalogue else "",
    )


def _creators() -> Iterator[CreatorLine]:
    for rows in exporting.every_creator(_SPAN):
        found = list(rows)
        showcase.decorate(found)
        yield from map(_creator, found)


def _creator(row: Creator) -> CreatorLine:
    return CreatorLine(
        id=row.pk,
        page=f"{settings.PUBLIC_URL}/en/{iri_to_uri(row.page)}",
        name=row.name,
        website=row.website,
        handles={str(name): str(handle) for name, handle in row.handles.items()},
        country=row.country,
        claimed=row.claimed_at is not None,
        works=row.visible_works,
        languages=list(row.languages),
    )


def _languages() -> Iterator[LanguageLine]:
    for tag, count in search.counts_by_language().items():
        autonym = "" if tag == languages.UNKNOWN else languages.autonym(tag)
        yield LanguageLine(tag=tag, autonym=autonym, works=count)
