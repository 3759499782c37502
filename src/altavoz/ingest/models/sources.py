"""Where works come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from altavoz.ingest.models.choices import named, one_of
from altavoz.ingest.states import Health, SourceKind, SourceState


class Source(models.Model):
    """An address that publishes works: a channel, a feed, a single page, a catalogue."""

    owner = models.CharField(max_length=100, blank=True)  # the subject of a creator, or "" for a catalogue
    kind = models.CharField(max_length=20, choices=named(SourceKind))
    address = models.CharField(max_length=2000)  # what people open
    feed_url = models.CharField(max_length=2000)  # what we fetch
    title = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    image_url = models.CharField(max_length=2000, blank=True)
    language = models.CharField(
        max_length=35, blank=True
    )  # declared by the owner or the source, "" if unknown
    state = models.CharField(max_length=10, choices=named(SourceState), default=SourceState.LIVING.value)
    health = models.CharField(max_length=10, choices=named(Health), default=Health.NEW.value)
    failures = models.PositiveIntegerField(default=0)
    last_status = models.PositiveIntegerField(null=True)
    last_reason = models.CharField(max_length=50, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    # What the entries looked like at the last reading (parsing.marks): those that look the same are not read again.
    marks = models.BinaryField(default=b"", blank=True)
    redirect_url = models.CharField(max_length=2000, blank=True)
    redirect_seen = models.PositiveSmallIntegerField(default=0)
    ttl_s = models.PositiveIntegerField(null=True)
    interval_s = models.PositiveIntegerField(default=900)
    # Whoever claims a source moves this ahead: that is the lease, and it ends by itself.
    next_poll_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    hub_url = models.CharField(max_length=2000, blank=True)
    topic_url = models.CharField(max_length=2000, blank=True)
    podcast_guid = models.CharField(max_length=100, blank=True)
    verifications = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed_url"], condition=Q(state="living"), name="ingest_source_one_living_per_feed"
            ),
            models.CheckConstraint(condition=one_of("kind", SourceKind), name="ingest_source_kind"),
            models.CheckConstraint(condition=one_of("state", SourceState), name="ingest_source_state"),
            models.CheckConstraint(condition=one_of("health", Health), name="ingest_source_health"),
            models.CheckConstraint(condition=~Q(feed_url=""), name="ingest_source_has_feed"),
            models.CheckConstraint(
                condition=Q(state="living", ended_at=None) | (~Q(state="living") & Q(ended_at__isnull=False)),
                name="ingest_source_ended_when_not_living",
            ),
        ]
        indexes = [
            models.Index(fields=["next_poll_at"], condition=Q(state="living"), name="ingest_source_due"),
            models.Index(fields=["owner", "id"], name="ingest_source_owner"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def subject(self) -> str:
        """Return the source as other rooms refer to it."""
        return f"ingest.source:{self.pk}"
