"""Reads one page of what a source published before its feed begins."""

from datetime import datetime

from django.conf import settings

from altavoz.core.fetch import fetch
from altavoz.ingest import actions, backwards
from altavoz.ingest.models import Archive
from altavoz.ingest.states import UNDER_WAY


def read_archive(archive_id: int, *, at: datetime) -> Archive | None:
    """Ask for the next page and store what it tells; return None where none is wanted."""
    archive = Archive.objects.select_related("source").filter(pk=archive_id, state__in=UNDER_WAY).first()
    if archive is None:
        return None
    kind, page = archive.source.kind, archive.next_page
    answer = fetch(
        backwards.request_for(kind, archive.source.feed_url, page, key=settings.ALTAVOZ_YOUTUBE_KEY)
    )
    portion = backwards.read(kind, answer)
    return actions.record_portion(archive_id=archive.pk, page=page, portion=portion, at=at)
