"""What a source published, as it tells it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from altavoz.ingest.models.choices import one_of
from altavoz.ingest.models.sources import Source
from altavoz.ingest.parsing.values import Kind
from altavoz.ingest.states import GoneReason


class Entry(models.Model):
    """One work at one source; `canonical_url` says which works of several sources are the same."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=500)  # what the source calls it
    canonical_url = models.CharField(max_length=2000, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    authors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    media_url = models.CharField(max_length=2000, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    thumbnail_url = models.CharField(max_length=2000, blank=True)
    duration_s = models.PositiveIntegerField(null=True)
    declared_language = models.CharField(max_length=35, blank=True)
    spoken_language = models.CharField(max_length=35)
    metadata_language = models.CharField(max_length=35)
    confidence = models.FloatField(default=0)  # of the detection of the metadata language
    captions = ArrayField(
        models.CharField(max_length=35), default=list, blank=True
    )  # languages of transcripts
    topics = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    record_digest = models.CharField(max_length=64, blank=True)  # of the catalogue's file, as it was read
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    gone_reason = models.CharField(max_length=20, blank=True)
    # What only some sources know: category and no_publish of a catalogue, transcripts of a podcast.
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="ingest_entry_one_per_key"),
            models.CheckConstraint(condition=one_of("kind", Kind), name="ingest_entry_kind"),
            models.CheckConstraint(
                condition=Q(duration_s=None) | Q(duration_s__gt=0), name="ingest_entry_duration_positive"
            ),
            models.CheckConstraint(
                condition=Q(gone_at=None, gone_reason="")
                | (Q(gone_at__isnull=False) & one_of("gone_reason", GoneReason)),
                name="ingest_entry_gone_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "-published_at", "-id"], name="ingest_entry_newest"),
            models.Index(fields=["canonical_url"], name="ingest_entry_address"),
        ]

    def __str__(self) -> str:
        return self.title
