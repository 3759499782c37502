"""Polling: which sources are due, and what a visit leaves behind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from altavoz.core import events
from altavoz.ingest import bulk
from altavoz.ingest.actions.entries import Arrival, Stored, store_entries
from altavoz.ingest.actions.subscriptions import wanted
from altavoz.ingest.deciding import After, Before, Outcome
from altavoz.ingest.events import EntriesGone, SourceHealthChanged
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import GoneReason, SourceKind, SourceState, SubscriptionState

#: Whoever claimed sources has so long to visit them; then they are due again.
LEASE = timedelta(minutes=5)
_CLAIM = """
    UPDATE ingest_source SET next_poll_at = %s WHERE id IN (
        SELECT id FROM ingest_source WHERE state = 'living' AND next_poll_at <= %s AND (%s::bigint IS NULL OR id = %s)
        ORDER BY next_poll_at LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""


@transaction.atomic
def claim_due(*, at: datetime, limit: int, only: int | None = None) -> list[tuple[Source, Before]]:
    """Take up to `limit` due sources, the longest waiting first; nobody else gets them before the lease is over.

    `only` takes that source and no other, if it is due.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [at + LEASE, at, only, only, limit])
        ids = [row[0] for row in cursor.fetchall()]
    sources = Source.objects.filter(pk__in=ids).select_related("subscription").order_by("pk")
    return [(source, before_of(source)) for source in sources]


def before_of(source: Source) -> Before:
    """Return a source as deciding knows it."""
    subscription = getattr(source, "subscription", None)
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
        pushed=subscription is not None and subscription.state == SubscriptionState.VERIFIED,
    )


@transaction.atomic
def settle(visits: Sequence[tuple[Source, After]], *, at: datetime) -> list[Stored]:
    """Store what visits brought: first the entries, then the state of the sources, then facts about their health.

    A source that was removed meanwhile is left alone. The number of statements does not depend on that of the visits.
    """
    living = set(
        Source.objects.select_for_update()
        .filter(pk__in=[source.pk for source, _ in visits], state=SourceState.LIVING.value)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    visits = [(source, after) for source, after in visits if source.pk in living]
    stored = _store(visits, at=at)
    taken = _taken([after.moved_to for _, after in visits if after.moved_to])
    bulk.update(Source, [_row(source, after, taken, at) for source, after in visits])
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


def _store(visits: Sequence[tuple[Source, After]], *, at: datetime) -> list[Stored]:
    arrivals = [
        Arrival(source, after.feed.items, after.feed.language, after.feed.deleted)
        for source, after in visits
        if after.feed is not None
    ]
    return store_entries(arrivals, at=at) if arrivals else []


def _taken(addresses: Sequence[str]) -> frozenset[str]:
    """Return those addresses that another living source has already: nobody moves there."""
    if not addresses:
        return frozenset()
    found = Source.objects.filter(state=SourceState.LIVING.value, feed_url__in=addresses)
    twice = {url for url in addresses if addresses.count(url) > 1}
    return frozenset(found.values_list("feed_url", flat=True)) | twice


def _row(source: Source, after: After, taken: frozenset[str], at: datetime) -> dict[str, Any]:
    moves = after.moved_to and after.moved_to not in taken
    gone = after.outcome is Outcome.GONE
    feed = after.feed
    return {
        "id": source.pk,
        "feed_url": after.moved_to if moves else source.feed_url,
        "state": (SourceState.GONE if gone else SourceState.LIVING).value,
        "ended_at": at if gone else None,
        "health": after.health.value,
        "failures": after.failures,
        "last_status": after.status,
        "last_reason": after.reason,
        "etag": after.etag,
        "last_modified": after.last_modified,
        "body_digest": after.body_digest,
        "redirect_url": after.redirect_url,
        "redirect_seen": after.redirect_seen,
        "ttl_s": after.ttl_s,
        "interval_s": after.interval_s,
        "next_poll_at": None if gone else after.next_poll_at,
        "polled_at": at,
        "news_at": at if feed else source.news_at,
        "title": (feed.title if feed else "") or source.title,
        "image_url": (feed.image_url if feed else "") or source.image_url,
        "podcast_guid": (feed.guid[:100] if feed else "") or source.podcast_guid,
        "hub_url": after.hub_url or source.hub_url,
        "topic_url": after.topic_url or source.topic_url,
        "verifications": [text[:500] for text in feed.verifications] if feed else source.verifications,
    }


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
