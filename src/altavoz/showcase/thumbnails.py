"""Pictures of works: fetched (the network first, the database afterwards), and deleted when nothing shows them."""

import asyncio
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from asgiref.sync import async_to_sync
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from altavoz.core import events, fetch, images, jobs
from altavoz.showcase.events import PublicationPublished
from altavoz.showcase.models import Revision, Thumbnail
from altavoz.showcase.states import State

#: Pictures fetched in one go, once a minute.
_ONCE = 60
_MAX_BYTES = 8 * 1024 * 1024
_AT_ONCE = 8
#: Storing and deleting take turns: files are named after their content, so two pictures may be one file.
_LOCK = int.from_bytes(b"pictures")
_SHARED = """
    SELECT DISTINCT made ->> 'name' FROM showcase_thumbnail, jsonb_array_elements(renditions) AS made
    WHERE made ->> 'name' = ANY(%s)
"""


@dataclass(frozen=True)
class _Picture:
    url: str
    renditions: tuple[images.Rendition, ...] = ()
    problem: str = ""


def url_hash(url: str) -> str:
    """Return the SHA-256 (hex) that a picture's address is known by."""
    return hashlib.sha256(url.encode()).hexdigest()


def fetch_missing(*, at: datetime) -> int:
    """Fetch, resize and store the pictures of shown and pending revisions that have none; return how many.

    A picture that cannot be had is remembered with the reason and not asked for again; the cover drawn from the
    work's number stands in its place.
    """
    wanted = _wanted()
    known = {row.url_hash: row for row in Thumbnail.objects.filter(url_hash__in=map(url_hash, wanted))}
    for picture in _fetch([url for url in wanted if url_hash(url) not in known]):
        known[url_hash(picture.url)] = _store(picture, at)
    for url in wanted:
        _attach(url, known[url_hash(url)], at)
    return len(wanted)


def _wanted() -> list[str]:
    shown = Q(publication__published_revision=F("pk"))
    in_review = Q(publication__state=State.PENDING, number=F("publication__newest"))
    rows = Revision.objects.filter(shown | in_review, thumbnail=None).exclude(thumbnail_url="")
    return list(rows.order_by("-pk").values_list("thumbnail_url", flat=True)[:_ONCE])


def _fetch(urls: list[str]) -> list[_Picture]:
    async def gather() -> list[_Picture]:
        wanted = [fetch.Request(url, max_bytes=_MAX_BYTES) for url in urls]
        answers = fetch.fetch_many(wanted, total=_AT_ONCE)
        # Decoding takes a while; in a thread it does not keep the other downloads waiting.
        return [await asyncio.to_thread(_decode, urls[index], answer) async for index, answer in answers]

    return async_to_sync(gather)()


def _decode(url: str, answer: fetch.Response | fetch.Failure) -> _Picture:
    if isinstance(answer, fetch.Failure):
        return _Picture(url, problem=str(answer.reason))
    if answer.status != HTTPStatus.OK:
        return _Picture(url, problem=f"status {answer.status}")
    made = images.thumbnails(answer.body)
    return (
        _Picture(url, problem=str(made.reason)) if isinstance(made, images.Unusable) else _Picture(url, made)
    )


def release(revisions: QuerySet[Revision]) -> None:
    """Take the pictures off revisions that are not to be shown again; the transaction is the caller's.

    When it is committed, a job deletes those that no other revision shows.
    """
    ids: list[Any] = list(
        revisions.exclude(thumbnail=None).order_by().values_list("thumbnail", flat=True).distinct()
    )
    if ids:
        revisions.update(thumbnail=None)
        jobs.app.configure_task("showcase.forget_pictures").defer(ids=ids)


@transaction.atomic
def forget(ids: Collection[int]) -> None:
    """Delete those of the pictures that no revision shows: the rows, and then the files that no other row names."""
    _take_turn()
    unused = list(Thumbnail.objects.select_for_update(of=("self",)).filter(pk__in=ids, revision=None))
    Thumbnail.objects.filter(pk__in=[row.pk for row in unused]).delete()
    names = {made["name"] for row in unused for made in row.renditions}
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [list(names)])
        shared = {name for (name,) in cursor.fetchall()}
    for name in sorted(names - shared):
        default_storage.delete(name)


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def _store(picture: _Picture, at: datetime) -> Thumbnail:
    _take_turn()
    saved = [_save(rendition) for rendition in picture.renditions]
    row, _ = Thumbnail.objects.get_or_create(
        url_hash=url_hash(picture.url),
        defaults={
            "renditions": saved,
            "colour": picture.renditions[0].colour if picture.renditions else "",
            "problem": picture.problem[:200],
            "fetched_at": at,
        },
    )
    return row


def _save(rendition: images.Rendition) -> dict[str, str | int]:
    if not default_storage.exists(rendition.name):
        default_storage.save(rendition.name, ContentFile(rendition.data))
    return {
        "name": rendition.name,
        "type": rendition.type,
        "width": rendition.width,
        "height": rendition.height,
    }


@transaction.atomic
def _attach(url: str, thumbnail: Thumbnail, at: datetime) -> None:
    """Give the picture to every revision that names it, and tell the caches of those that are shown.

    One that was deleted meanwhile is fetched again in the next round.
    """
    if not Thumbnail.objects.select_for_update(no_key=True).filter(pk=thumbnail.pk).exists():
        return
    rows = Revision.objects.filter(thumbnail_url=url, thumbnail=None)
    shown = list(rows.filter(publication__published_revision=F("pk")).select_related("publication"))
    rows.update(thumbnail=thumbnail)
    if thumbnail.renditions:
        events.record(*_redraw(shown), at=at)


def _redraw(revisions: Iterable[Revision]) -> list[PublicationPublished]:
    return [
        PublicationPublished(
            subject=revision.publication.subject,
            revision=revision.number,
            basis=revision.publication.basis,
            creators=(),
            language=revision.spoken_language,
        )
        for revision in revisions
    ]
