"""What a source published before its feed begins, as far as it was read."""

from django.db import models
from django.db.models import Q

from altavoz.ingest.models.choices import named, one_of
from altavoz.ingest.models.sources import Source
from altavoz.ingest.states import ArchiveState


class Archive(models.Model):
    """The older works of a source, read page by page, the newest first."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="archive")
    state = models.CharField(max_length=10, choices=named(ArchiveState), default=ArchiveState.READING.value)
    reason = models.CharField(max_length=20, blank=True)  # why it waits or failed
    next_page = models.CharField(max_length=2000, blank=True)
    pages = models.PositiveIntegerField(default=0)
    works = models.PositiveIntegerField(default=0)  # so many were new
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("state", ArchiveState), name="ingest_archive_state"),
            models.CheckConstraint(
                condition=Q(state__in=("reading", "waiting"), due_at__isnull=False, ended_at=None)
                | Q(state__in=("done", "failed"), due_at=None, ended_at__isnull=False),
                name="ingest_archive_due_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="ingest_archive_due")]
