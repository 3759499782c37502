"""Older works of a source: asked for once, then read page by page until there is none before."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from altavoz.core import jobs
from altavoz.ingest import backwards
from altavoz.ingest.actions.entries import Arrival, store_entries
from altavoz.ingest.backwards import Portion, Trouble
from altavoz.ingest.deciding import schedule
from altavoz.ingest.models import Archive, Entry, Source
from altavoz.ingest.states import UNDER_WAY, ArchiveState, SourceState

log = structlog.get_logger(__name__)

#: A list without end is a mistake of its site; the longest channels have some 20,000 works.
MOST_PAGES = 400
#: A page that was not read in this time was lost with its worker, and is asked for again.
_LOST_AFTER = timedelta(minutes=10)
_MOST_FAILURES = 8


@transaction.atomic
def import_back_catalogue(*, source: Source, at: datetime) -> bool:
    """Have read what a source published before its feed begins; return False where that is not possible.

    Afterwards a job reads page by page, the newest first; what is known already stays as it is. Asking while it is
    under way changes nothing; asking after it ended begins anew.
    """
    if not backwards.is_possible(source.kind, source.feed_url, key=settings.ALTAVOZ_YOUTUBE_KEY):
        return False
    archive, _ = Archive.objects.select_for_update().get_or_create(
        source=source, defaults={"asked_at": at, "due_at": at + _LOST_AFTER}
    )
    if archive.state not in UNDER_WAY:
        archive.state, archive.reason, archive.next_page = ArchiveState.READING.value, "", ""
        archive.pages = archive.works = archive.failures = 0
        archive.asked_at, archive.due_at, archive.ended_at = at, at + _LOST_AFTER, None
        archive.save()
    _queue(archive)
    return True


def due_archives(*, at: datetime, limit: int = 100) -> list[int]:
    """Return the ids of archives that waited long enough, or whose reader was lost."""
    due = Archive.objects.filter(state__in=UNDER_WAY, due_at__lte=at)
    return list(due.order_by("due_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def record_portion(*, archive_id: int, page: str, portion: Portion, at: datetime) -> Archive | None:
    """Store what a page told and queue the page before it; return None where that page is no longer wanted."""
    archive = Archive.objects.select_for_update(of=("self",)).select_related("source").get(pk=archive_id)
    if archive.state not in UNDER_WAY or archive.next_page != page:
        return None
    if archive.source.state != SourceState.LIVING:
        _end(archive, ArchiveState.FAILED, Trouble.MISSING.value, at)
    elif portion.trouble:
        _put_off(archive, portion.trouble, at)
    else:
        _go_on(archive, portion, at)
    archive.save()
    return archive


def _go_on(archive: Archive, portion: Portion, at: datetime) -> None:
    archive.works += _store(archive.source, portion, at)
    archive.pages += 1
    archive.failures, archive.reason = 0, ""
    archive.next_page = portion.older[:2000]
    if not portion.older or archive.pages >= MOST_PAGES:
        _end(archive, ArchiveState.DONE, "", at)
        return
    archive.state, archive.due_at = ArchiveState.READING.value, at + _LOST_AFTER
    _queue(archive)


def _store(source: Source, portion: Portion, at: datetime) -> int:
    """Store the works that are not known yet: of the others the feed itself knows better. Return how many."""
    keys = [item.key for item in portion.items]
    known = set(Entry.objects.filter(source=source, key__in=keys).values_list("key", flat=True))
    fresh = [item for item in portion.items if item.key not in known]
    (stored,) = store_entries([Arrival(source, fresh, portion.language)], at=at)
    return len(stored.new)


def _put_off(archive: Archive, trouble: Trouble, at: datetime) -> None:
    archive.failures += 1
    if trouble is Trouble.QUOTA:
        archive.failures, wait = 0, backwards.quota_returns(at)
    elif trouble is Trouble.AWAY and archive.failures < _MOST_FAILURES:
        wait = at + timedelta(seconds=schedule.backed_off(archive.failures))
    else:
        log.error("ingest.archive_failed", source=archive.source_id, why=trouble.value)
        _end(archive, ArchiveState.FAILED, trouble.value, at)
        return
    archive.state, archive.reason, archive.due_at = ArchiveState.WAITING.value, trouble.value, wait


def _end(archive: Archive, state: ArchiveState, reason: str, at: datetime) -> None:
    archive.state, archive.reason, archive.due_at, archive.ended_at = state.value, reason, None, at


def _queue(archive: Archive) -> None:
    from altavoz.ingest import tasks

    jobs.defer_once(tasks.read_archive, f"ingest.read_archive:{archive.pk}", archive_id=archive.pk)
