"""Exclusions: who may not see or decide a case."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from altavoz.moderation.models.case import Case
from altavoz.people.models import Account


class Cause(StrEnum):
    """Why somebody is kept away from a case."""

    RECUSED = "recused"
    CONFLICT = "conflict"


class Exclusion(models.Model):
    """That a person stays away from a case; it asks no reason and never ends."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions", db_index=False)
    moderator = models.ForeignKey(Account, models.CASCADE, related_name="+")
    cause = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "moderator"], name="moderation_exclusion_once"),
            models.CheckConstraint(condition=Q(cause__in=list(Cause)), name="moderation_exclusion_cause"),
        ]
