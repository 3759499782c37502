"""Storing what sources told: many sources in a handful of statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from altavoz.core import events
from altavoz.core.events import Fact
from altavoz.ingest import bulk, deciding
from altavoz.ingest.deciding import Intentions, Known, Prepared
from altavoz.ingest.deciding.entries import dated, schemeless
from altavoz.ingest.events import BATCH, EntriesGone, EntriesStored
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.parsing.values import Item
from altavoz.ingest.states import GoneReason


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a source told now; `language` is what its feed says of all its works.

    `held` are marks of the keys of what it told before and tells still, in the same words.
    """

    source: Source
    items: Sequence[Item]
    language: str = ""
    deleted: Sequence[str] = ()
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an arrival, as ids of entries."""

    source_id: int
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    twice: tuple[str, ...] = field(default=())


@transaction.atomic
def store_entries(arrivals: Sequence[Arrival], *, at: datetime) -> list[Stored]:
    """Bring the entries of these sources to what was told now; return what changed, source by source.

    In order: lock the sources, so that a push and a poll do not meet; decide; insert, update, mark what the source
    names as deleted; record the facts. Four statements however many sources, and none but the reads when nothing
    is new. Entries that only left the feed's window stay as they are.
    """
    _lock([arrival.source.pk for arrival in arrivals])
    return store_locked(arrivals, at=at)


def store_locked(arrivals: Sequence[Arrival], *, at: datetime) -> list[Stored]:
    """Do so for sources whose rows the caller holds."""
    arrivals = sorted(arrivals, key=lambda arrival: arrival.source.pk)
    prepared = [
        [
            deciding.prepare(item, extra=_extra(item), language=arrival.source.language)
            for item in arrival.items
        ]
        for arrival in arrivals
    ]
    known = _known(arrivals, prepared)
    decided = [
        deciding.decide(known.get(arrival.source.pk, ()), items, deleted=arrival.deleted, held=arrival.held)
        for arrival, items in zip(arrivals, prepared, strict=True)
    ]
    stored = _write(arrivals, decided, at=at)
    facts = [
        fact
        for arrival, result in zip(arrivals, stored, strict=True)
        for fact in facts_of(arrival.source, result)
    ]
    if facts:
        events.record(*facts, at=at)
    return stored


def facts_of(source: Source, stored: Stored, *, reason: GoneReason = GoneReason.REMOVED) -> Iterator[Fact]:
    """Yield what happened: what is gone first, then what is new or changed, at most BATCH entries a fact."""
    for ids in batches(stored.gone):
        yield EntriesGone(subject=source.subject, source_id=source.pk, entry_ids=ids, reason=reason.value)
    for ids in batches(stored.new):
        yield EntriesStored(subject=source.subject, source_id=source.pk, new=ids)
    for ids in batches(stored.changed):
        yield EntriesStored(subject=source.subject, source_id=source.pk, changed=ids)


def batches(ids: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ids in portions that one fact may hold."""
    for start in range(0, len(ids), BATCH):
        yield tuple(ids[start : start + BATCH])


def row_of(prepared: Prepared, *, owner_language: str, feed_language: str, at: datetime) -> dict[str, Any]:
    """Return the columns of an entry that its source decides."""
    item = prepared.item
    declared = item.language or owner_language
    found = deciding.languages_of(
        title=item.title, summary=item.summary, kind=item.kind, declared=declared, of_feed=feed_language
    )
    return {
        "key": item.key,
        "canonical_url": prepared.canonical_url,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "authors": item.authors,
        "published_at": dated(item.published_at, at),
        "updated_at": item.updated_at,
        "media_url": item.media_url,
        "media_type": item.media_type[:100],
        "thumbnail_url": item.thumbnail_url,
        "duration_s": item.duration_s,
        "declared_language": declared,
        "spoken_language": found.spoken,
        "metadata_language": found.metadata,
        "confidence": found.confidence,
        "captions": list(dict.fromkeys(caption.language or deciding.UNKNOWN for caption in item.captions)),
        "topics": item.topics,
        "licence": item.licence,
        "kind": item.kind.value,
        "digest": prepared.digest,
        "extra": dict(prepared.extra),
        "changed_at": at,
    }


def fresh(at: datetime) -> dict[str, Any]:
    """Return the columns of an entry that is seen for the first time."""
    return {"first_seen_at": at, "gone_reason": "", "record_digest": ""}


def _extra(item: Item) -> Mapping[str, Any]:
    told: dict[str, Any] = {}
    if item.captions:
        told["transcripts"] = [
            {"url": it.url, "type": it.media_type, "language": it.language} for it in item.captions
        ]
    if item.starts_at:
        told["starts_at"] = item.starts_at.isoformat()
    return told


def _lock(ids: Iterable[int]) -> None:
    list(Source.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def _known(arrivals: Sequence[Arrival], prepared: Sequence[Sequence[Prepared]]) -> dict[int, list[Known]]:
    """Return what may match: the same key, address or title at the same source."""
    everything = [each for items in prepared for each in items]
    wanted = Entry.objects.extra(
        where=["source_id = ANY(%s) AND (key = ANY(%s) OR canonical_url = ANY(%s) OR title = ANY(%s))"],
        params=[
            [arrival.source.pk for arrival in arrivals],
            [
                *(each.item.key for each in everything),
                *(key for arrival in arrivals for key in arrival.deleted),
            ],
            [
                f"{scheme}://{schemeless(each.canonical_url)}"
                for each in everything
                if each.canonical_url
                for scheme in ("https", "http")
            ],
            [each.item.title for each in everything],
        ],
    ).order_by("pk")
    found: dict[int, list[Known]] = {}
    names = ("source_id", "id", "key", "canonical_url", "title", "published_at", "digest", "gone_at")
    for source_id, pk, key, url, title, published, digest, gone_at in wanted.values_list(*names):
        old = Known(
            id=pk,
            key=key,
            canonical_url=url,
            title=title,
            published_at=published,
            digest=digest,
            gone=gone_at is not None,
        )
        found.setdefault(source_id, []).append(old)
    return found


def _write(arrivals: Sequence[Arrival], decided: Sequence[Intentions], *, at: datetime) -> list[Stored]:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for arrival, intentions in zip(arrivals, decided, strict=True):
        told = {"owner_language": arrival.source.language, "feed_language": arrival.language}
        owner = {"source_id": arrival.source.pk}
        new += [owner | fresh(at) | row_of(each, **told, at=at) for each in intentions.new]
        changed += [
            {"id": pk, "gone_at": None, "gone_reason": ""} | row_of(each, **told, at=at)
            for pk, each in intentions.changed
        ]
    ids = iter(bulk.insert(Entry, new))
    bulk.update(Entry, changed)
    gone = [pk for intentions in decided for pk in intentions.gone]
    if gone:
        Entry.objects.filter(pk__in=gone).update(gone_at=at, gone_reason=GoneReason.REMOVED.value)
    return [
        Stored(
            arrival.source.pk,
            tuple(next(ids) for _ in intentions.new),
            tuple(pk for pk, _ in intentions.changed),
            intentions.gone,
            intentions.twice,
        )
        for arrival, intentions in zip(arrivals, decided, strict=True)
    ]
