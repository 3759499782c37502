"""Leases: a case in somebody's hands for a few minutes."""

import uuid
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.db import models
from django.db.models import F, Q

from altavoz.moderation.models.case import Case
from altavoz.people.models import Account

LENGTH: Final = timedelta(minutes=3)
CAP: Final = timedelta(minutes=60)
MOST_PER_PERSON: Final = 3


class Ended(StrEnum):
    """Why a lease ended."""

    VOTED = "voted"
    SKIPPED = "skipped"
    RECUSED = "recused"
    EXPIRED = "expired"
    CASE_MOVED_ON = "case_moved_on"


class Lease(models.Model):
    """That a person may vote on a case until `expires_at`; `token` is the fence: a vote without it is refused."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="leases")
    moderator = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    first_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "moderator"], condition=Q(ended_at__isnull=True), name="moderation_lease_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("first_at"), expires_at__lte=F("first_at") + CAP),
                name="moderation_lease_times",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=list(Ended)),
                name="moderation_lease_ended_all_or_none",
            ),
        ]
        indexes = [
            models.Index(
                fields=["moderator", "expires_at"],
                condition=Q(ended_at__isnull=True),
                name="moderation_lease_open",
            ),
            models.Index(
                fields=["moderator", "ended_at"],
                condition=Q(ended_because=Ended.SKIPPED),
                name="moderation_lease_skipped",
            ),
        ]

    def __str__(self) -> str:
        """Return the case it is for, as logs show it."""
        return f"lease of case {self.case_id}"
