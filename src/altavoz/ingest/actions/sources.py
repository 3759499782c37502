"""Adding and removing sources."""

from datetime import datetime

from django.db import IntegrityError, transaction

from altavoz.core import events, jobs, languages
from altavoz.core.ledger import actions as ledger
from altavoz.ingest.actions.entries import batches
from altavoz.ingest.discovery.values import Found
from altavoz.ingest.events import EntriesGone
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import SOURCE_STEPS, GoneReason, SourceKind, SourceState, check_step
from altavoz.people.models import Account


class KnownSourceError(ValueError):
    """The address is here already; `source` tells whose."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.feed_url)
        self.source = source


@transaction.atomic
def add_source(*, found: Found, owner: str, by: Account | None, at: datetime, language: str = "") -> Source:
    """Add what was found at an address, for a creator; it is due at once.

    `language` is what the person says their works are in; it wins over all else. A source that was gone comes back
    to life if the owner is the same. Raises KnownSourceError if a living source has that feed.
    """
    living = Source.objects.filter(feed_url=found.feed_url, state=SourceState.LIVING.value).first()
    if living:
        raise KnownSourceError(living)
    gone = Source.objects.filter(feed_url=found.feed_url, state=SourceState.GONE.value, owner=owner)
    source = gone.select_for_update().first() or Source(owner=owner, feed_url=found.feed_url, added_at=at)
    source.kind = found.kind.value
    source.address = found.address
    source.title = found.title
    source.summary = found.summary
    source.image_url = found.image_url
    source.language = languages.normalise(language) if language else source.language
    source.podcast_guid = found.podcast_guid[:100]
    source.verifications = [text[:500] for text in found.verifications]
    source.state, source.ended_at, source.next_poll_at = SourceState.LIVING.value, None, at
    source.marks = b""
    _save(source)
    public = {"kind": source.kind, "address": source.address, "owner": owner}
    ledger.append(
        "ingest.source_added", subject=source.subject, by=by.pk if by else None, public=public, at=at
    )
    return source


def _save(source: Source) -> None:
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:
        # Somebody added the same feed a moment ago.
        raise KnownSourceError(
            Source.objects.get(feed_url=source.feed_url, state=SourceState.LIVING.value)
        ) from None


@transaction.atomic
def add_catalogue(*, feed_url: str, address: str, title: str, by: Account | None, at: datetime) -> Source:
    """Return the living catalogue of that name, made if it is not there; catalogues are imported, never polled."""
    known = Source.objects.filter(feed_url=feed_url, state=SourceState.LIVING.value).first()
    if known:
        return known
    source = Source.objects.create(
        kind=SourceKind.CATALOGUE.value, feed_url=feed_url, address=address, title=title, added_at=at
    )
    public = {"kind": source.kind, "address": address, "owner": ""}
    ledger.append(
        "ingest.source_added", subject=source.subject, by=by.pk if by else None, public=public, at=at
    )
    return source


@transaction.atomic
def remove_source(*, source: Source, by: Account | None, at: datetime) -> None:
    """Stop looking at a source and withdraw what came from it.

    Afterwards it is not polled, its entries are gone, its hub is told no more. In order: the source, its entries,
    the subscription, facts, ledger. Raises NotAllowedError if it is removed already.
    """
    locked = Source.objects.select_for_update().get(pk=source.pk)
    check_step(SOURCE_STEPS, SourceState(locked.state), SourceState.REMOVED)
    locked.state, locked.ended_at, locked.next_poll_at = SourceState.REMOVED.value, at, None
    locked.save(update_fields=["state", "ended_at", "next_poll_at"])
    entries = Entry.objects.filter(source=locked, gone_at=None)
    ids = list(entries.order_by("pk").values_list("pk", flat=True))
    entries.update(gone_at=at, gone_reason=GoneReason.SOURCE_REMOVED.value)
    _end_subscription(locked)
    facts = [
        EntriesGone(
            subject=locked.subject,
            source_id=locked.pk,
            entry_ids=some,
            reason=GoneReason.SOURCE_REMOVED.value,
        )
        for some in batches(ids)
    ]
    if facts:
        events.record(*facts, at=at)
    public = {"entries": len(ids)}
    ledger.append(
        "ingest.source_removed", subject=locked.subject, by=by.pk if by else None, public=public, at=at
    )


def _end_subscription(source: Source) -> None:
    # The hub's verification of an end is answered with 404, and the lease runs out by itself.
    from altavoz.ingest.models import Subscription

    Subscription.objects.filter(source=source).delete()


@transaction.atomic
def poll_soon(*, source: Source, at: datetime) -> bool:
    """Make a living source due and queue the visit; return False for one that is not polled."""
    from altavoz.ingest import tasks

    living = Source.objects.filter(pk=source.pk, state=SourceState.LIVING.value)
    if not living.exclude(kind=SourceKind.CATALOGUE.value).update(next_poll_at=at):
        return False
    jobs.defer_once(tasks.poll_source, f"ingest.poll_source:{source.pk}", source_id=source.pk)
    return True


@transaction.atomic
def set_language(*, source: Source, language: str, by: Account | None, at: datetime) -> None:
    """Let the owner say what language a source is in ("" for: detect it); its works are read again soon."""
    tag = languages.normalise(language) if language else ""
    locked = Source.objects.select_for_update().get(pk=source.pk)
    if locked.language == tag:
        return
    locked.language = tag
    locked.body_digest = locked.etag = locked.last_modified = ""
    locked.marks = b""
    locked.next_poll_at = at if locked.next_poll_at else None
    locked.save(update_fields=["language", "body_digest", "etag", "last_modified", "marks", "next_poll_at"])
    public = {"language": tag}
    ledger.append(
        "ingest.language_declared", subject=locked.subject, by=by.pk if by else None, public=public, at=at
    )
