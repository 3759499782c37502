"""Channels, candidates, posts, attempts, and the credit of the rotation."""

import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from altavoz.core.subjects import subject_of
from altavoz.promotion.states import (
    IN_CALENDAR,
    NEVER_SHOWN,
    OUT_THERE,
    Approval,
    CandidateState,
    ChannelState,
    Kind,
    Outcome,
    PostState,
)


class Channel(models.Model):
    """One account on one network, for one or more languages, and how often it may speak."""

    network = models.CharField(max_length=40)
    address = models.CharField(max_length=200)
    handle = models.CharField(max_length=200)
    languages = ArrayField(models.CharField(max_length=35))
    credentials = models.TextField(blank=True)  # sealed by vault
    options = models.JSONField(default=dict)
    characters = models.PositiveIntegerField()
    link_characters = models.PositiveIntegerField()
    slots_per_day = models.PositiveSmallIntegerField(default=4)
    ahead = models.PositiveSmallIntegerField(default=8)
    hold_minutes = models.PositiveSmallIntegerField(default=30)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    approval = models.CharField(max_length=20, choices=Approval, default=Approval.AUTOMATIC)
    state = models.CharField(max_length=20, choices=ChannelState, default=ChannelState.ACTIVE)
    trouble = models.CharField(max_length=20, blank=True)
    auth_failures = models.PositiveSmallIntegerField(default=0)
    clock = models.BigIntegerField(default=0)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    connected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "address", "handle"],
                name="channel_account_once",  # also when given up: it remembers what was posted there
            ),
            models.CheckConstraint(
                condition=Q(slots_per_day__range=(1, 8640), ahead__gte=1), name="channel_has_slots"
            ),
            models.CheckConstraint(condition=~Q(languages=[]), name="channel_has_languages"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="channel_quiet_both_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChannelState.DISCONNECTED) | Q(credentials=""),
                name="channel_disconnected_keeps_no_secret",
            ),
        ]

    def __str__(self) -> str:
        """Return the account as people of the network write it."""
        return self.handle

    @property
    def subject(self) -> str:
        """Return how facts and the ledger name it."""
        return subject_of("promotion.channel", self.pk)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of its audience."""
        return ZoneInfo(self.time_zone)


class Candidate(models.Model):
    """A work that may be carried: offered by the room that owns it, with the revision to show."""

    subject = models.CharField(max_length=80, unique=True)
    revision = models.PositiveIntegerField()
    language = models.CharField(max_length=35)
    creator = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=CandidateState)
    offered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["language", "creator", "offered_at", "id"],
                condition=Q(state=CandidateState.OFFERED),
                name="candidate_waiting",
            )
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class Post(models.Model):
    """One work on one channel in one language; `next_at` is when a worker has something to do for it."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="posts")
    subject = models.CharField(max_length=80)
    revision = models.PositiveIntegerField()
    language = models.CharField(max_length=35)
    creator = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=PostState)
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    text = models.TextField(blank=True)
    link = models.TextField(blank=True)
    tag = models.CharField(max_length=35, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    paid = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    unwanted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "channel", "language"], name="post_once"),
            models.UniqueConstraint(
                fields=["channel", "due_at"], condition=Q(state__in=IN_CALENDAR), name="post_slot"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OUT_THERE) | (~Q(remote_id="") & Q(sent_at__isnull=False)),
                name="post_out_there_has_id",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PostState.SENDING, PostState.UNKNOWN])
                | (~Q(link="") & Q(tried_at__isnull=False)),
                name="post_tried_has_message",
            ),
            models.CheckConstraint(
                condition=~Q(state=PostState.SKIPPED) | ~Q(note=""), name="post_skipped_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="post_next"),
            models.Index(fields=["channel", "due_at"], name="post_calendar"),
            models.Index(
                fields=["channel"],
                condition=Q(paid=True, sent_at__isnull=True, state__in=NEVER_SHOWN),
                name="post_owed",
            ),
        ]

    def __str__(self) -> str:
        """Return what goes where."""
        return f"{self.subject} → {self.channel_id}"


class Attempt(models.Model):
    """One call to a network, recorded before it is made; open until its outcome is known."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(ended_at__isnull=True), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="attempt_ended_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        """Return what was tried and what came out."""
        return f"{self.kind}: {self.outcome or '…'}"


class Credit(models.Model):
    """What a creator is owed in a language of a channel; with no creator, what the language is owed there.

    `clock` counts what one waiting creator of the language has earned; see fairness.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="credits")
    language = models.CharField(max_length=35)
    creator = models.CharField(max_length=80, blank=True)
    credit = models.BigIntegerField()
    mark = models.BigIntegerField(null=True)
    since = models.BigIntegerField(default=0)
    clock = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "language", "creator"], name="credit_once"),
        ]

    def __str__(self) -> str:
        """Return whose credit it is."""
        return f"{self.creator or self.language}: {self.credit}"
