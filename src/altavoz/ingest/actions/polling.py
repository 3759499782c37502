"""Polling: which sources are due, and what a visit leaves behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F
from django.db.models.functions import MD5

from altavoz.core import events
from altavoz.ingest import bulk
from altavoz.ingest.actions.entries import Arrival, Stored, store_locked
from altavoz.ingest.actions.subscriptions import wanted
from altavoz.ingest.deciding import After, Before, Outcome
from altavoz.ingest.events import EntriesGone, SourceHealthChanged
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import GoneReason, SourceKind, SourceState, SubscriptionState

#: Whoever claimed sources has so long to visit them; then they are due again.
LEASE = timedelta(minutes=5)
#: A source of which nothing is remembered that would spare reading it.
_UNREAD = {"body_digest": "", "etag": "", "last_modified": "", "marks": b""}
#: What a visit need not know of a source.
_UNASKED = (
    "address",
    "summary",
    "last_status",
    "last_reason",
    "next_poll_at",
    "polled_at",
    "added_at",
    "ended_at",
)
_CLAIM = """
    UPDATE ingest_source SET next_poll_at = %s WHERE id IN (
        SELECT id FROM ingest_source WHERE state = 'living' AND next_poll_at <= %s AND (%s::bigint IS NULL OR id = %s)
        ORDER BY next_poll_at LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING id, feed_url, redirect_url
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A source that was claimed, and the addresses that tell which sites it belongs to."""

    id: int
    url: str
    redirect_url: str


@transaction.atomic
def claim_due(*, at: datetime, limit: int, only: int | None = None) -> list[Claimed]:
    """Take up to `limit` due sources, the longest waiting first; nobody else gets them before the lease is over.

    `only` takes that source and no other, if it is due.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [at + LEASE, at, only, only, limit])
        return [Claimed(*row) for row in sorted(cursor.fetchall())]


def claimed(ids: Sequence[int], *, at: datetime) -> list[tuple[Source, Before]]:
    """Return the sources that were claimed at `at` and that nobody else has claimed since."""
    found = Source.objects.filter(pk__in=ids, next_poll_at=at + LEASE).defer(*_UNASKED)
    known = found.annotate(hub=F("subscription__state")).order_by("pk")
    return [(source, before_of(source, source.hub or "")) for source in known]


def before_of(source: Source, hub: str = "") -> Before:
    """Return a source as deciding knows it; `hub` is the state of its subscription."""
    return Before(
        id=source.pk,
        kind=SourceKind(source.kind),
        url=source.feed_url,
        interval_s=source.interval_s,
        failures=source.failures,
        body_digest=source.body_digest,
        etag=source.etag,
        last_modified=source.last_modified,
        redirect_url=source.redirect_url,
        redirect_seen=source.redirect_seen,
        ttl_s=source.ttl_s,
        pushed=hub == SubscriptionState.VERIFIED,
        language=source.language,
        marks=bytes(source.marks),
    )


@transaction.atomic
def settle(visits: Sequence[tuple[Source, After]], *, at: datetime) -> list[Stored]:
    """Store what visits brought: first the entries, then the state of the sources, then facts about their health.

    A source that was removed meanwhile is left alone; one that was overtaken (its language was declared anew, or a hub
    told its entries) is due again at once, to be read in full. The number of statements does not depend on that of
    the visits.
    """
    now = _lock([source.pk for source, _ in visits])
    visits = [(source, after) for source, after in visits if source.pk in now]
    overtaken = _overtaken(visits, now)
    stored = _store(visits, at=at)
    _save(visits, stored, overtaken, at=at)
    facts: list[events.Fact] = [
        SourceHealthChanged(
            subject=source.subject,
            source_id=source.pk,
            owner=source.owner,
            old=source.health,
            new=after.health.value,
        )
        for source, after in visits
        if source.health != after.health.value
    ]
    facts += _missing([source for source, after in visits if after.outcome is Outcome.GONE], at=at)
    if facts:
        events.record(*facts, at=at)
    wanted([(source, after.hub_url, after.topic_url) for source, after in visits if after.hub_url], at=at)
    return stored


def _lock(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Lock the living among the sources; return their languages, and a digest of their marks."""
    living = Source.objects.select_for_update().filter(pk__in=ids, state=SourceState.LIVING.value)
    digest = MD5("marks", output_field=CharField())
    told = living.order_by("pk").annotate(digest=digest).values_list("pk", "language", "digest")
    return {pk: (language, marks) for pk, language, marks in told}


def _overtaken(visits: Sequence[tuple[Source, After]], now: Mapping[int, tuple[str, str]]) -> frozenset[int]:
    """Return the sources whose entries were read by what no longer holds; let them have their new language."""
    found = set()
    for source, _ in visits:
        if (source.language, md5(source.marks, usedforsecurity=False).hexdigest()) != now[source.pk]:
            source.language = now[source.pk][0]
            found.add(source.pk)
    return frozenset(found)


def _save(
    visits: Sequence[tuple[Source, After]],
    stored: Sequence[Stored],
    overtaken: frozenset[int],
    *,
    at: datetime,
) -> None:
    """Write the sources: all of those that told something or ended, of the others only when and how they were seen."""
    twice = {each.source_id: each.twice for each in stored}
    taken = _taken([after.moved_to for _, after in visits if after.moved_to])
    brief, whole = [], []
    for source, after in visits:
        seen = _seen(source, after, at)
        if source.pk in overtaken:
            told = _told(source, replace(after, next_poll_at=at), taken, (), at)
            whole.append(seen | told | _UNREAD)
        elif after.feed or after.moved_to or after.outcome is Outcome.GONE:
            whole.append(seen | _told(source, after, taken, twice.get(source.pk, ()), at))
        else:
            brief.append(seen)
    bulk.update(Source, brief)
    bulk.update(Source, whole)


def _store(visits: Sequence[tuple[Source, After]], *, at: datetime) -> list[Stored]:
    arrivals = [
        Arrival(source, after.feed.items, after.feed.language, after.feed.deleted, after.held)
        for source, after in visits
        if after.feed is not None
    ]
    return store_locked(arrivals, at=at) if arrivals else []


def _taken(addresses: Sequence[str]) -> frozenset[str]:
    """Return those addresses that another living source has already: nobody moves there."""
    if not addresses:
        return frozenset()
    found = Source.objects.filter(state=SourceState.LIVING.value, feed_url__in=addresses)
    twice = {url for url in addresses if addresses.count(url) > 1}
    return frozenset(found.values_list("feed_url", flat=True)) | twice


def _seen(source: Source, after: After, at: datetime) -> dict[str, Any]:
    return {
        "id": source.pk,
        "health": after.health.value,
        "failures": after.failures,
        "last_status": after.status,
        "last_reason": after.reason,
        "etag": after.etag,
        "last_modified": after.last_modified,
        "redirect_url": after.redirect_url,
        "redirect_seen": after.redirect_seen,
        "interval_s": after.interval_s,
        "next_poll_at": after.next_poll_at,
        "polled_at": at,
    }


def _told(
    source: Source, after: After, taken: frozenset[str], twice: Sequence[str], at: datetime
) -> dict[str, Any]:
    """Return what changes only with what a source tells; what it told twice has no mark, for it has no entry."""
    moves = after.moved_to and after.moved_to not in taken
    feed = after.feed
    return {
        "feed_url": after.moved_to if moves else source.feed_url,
        **_state(after, at),
        "body_digest": after.body_digest,
        "marks": after.marks.without(twice).packed() if feed else bytes(source.marks),
        "ttl_s": after.ttl_s,
        "news_at": at if feed else source.news_at,
        "title": (feed.title if feed else "") or source.title,
        "image_url": (feed.image_url if feed else "") or source.image_url,
        "podcast_guid": (feed.guid[:100] if feed else "") or source.podcast_guid,
        "hub_url": after.hub_url or source.hub_url,
        "topic_url": after.topic_url or source.topic_url,
        "verifications": [text[:500] for text in feed.verifications] if feed else source.verifications,
    }


def _state(after: After, at: datetime) -> dict[str, Any]:
    if after.outcome is Outcome.GONE:
        return {"state": SourceState.GONE.value, "ended_at": at, "next_poll_at": None}
    return {"state": SourceState.LIVING.value, "ended_at": None, "next_poll_at": after.next_poll_at}


def _missing(sources: Sequence[Source], *, at: datetime) -> list[events.Fact]:
    """Mark the works of single pages that are gone; a feed that is gone leaves its works where they are."""
    pages = {source.pk: source for source in sources if source.kind in {SourceKind.PAGE, SourceKind.PEERTUBE}}
    if not pages:
        return []
    entries = Entry.objects.filter(source__in=pages, gone_at=None)
    found = list(entries.values_list("source_id", "pk"))
    entries.update(gone_at=at, gone_reason=GoneReason.MISSING.value)
    return [
        EntriesGone(
            subject=pages[source_id].subject,
            source_id=source_id,
            entry_ids=(pk,),
            reason=GoneReason.MISSING.value,
        )
        for source_id, pk in found
    ]
