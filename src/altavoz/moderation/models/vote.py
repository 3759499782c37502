"""Votes: written once, never edited; a trigger in the database refuses everything but voiding."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from altavoz.moderation.models.case import Case
from altavoz.moderation.models.lease import Lease
from altavoz.moderation.states import Verdict, VoidReason
from altavoz.people.models import Account

OBJECTIONS = (Verdict.REJECT.value, Verdict.CHANGES.value)


class Vote(models.Model):
    """One person's verdict on one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="votes", db_index=False)
    moderator = models.ForeignKey(Account, models.PROTECT, related_name="+")
    lease = models.OneToOneField(Lease, models.PROTECT, related_name="vote")
    verdict = models.CharField(max_length=10)
    clauses = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.TextField(max_length=2_000, blank=True)
    note_language = models.CharField(max_length=35, blank=True)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "moderator"], name="moderation_vote_once"),
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="moderation_vote_verdict"),
            models.CheckConstraint(
                condition=~Q(verdict__in=OBJECTIONS) | Q(clauses__len__gte=1),
                name="moderation_vote_names_a_clause",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.APPROVE) | Q(clauses__len=0),
                name="moderation_vote_approval_is_plain",
            ),
            models.CheckConstraint(
                condition=Q(note="", note_language="") | (~Q(note="") & ~Q(note_language="")),
                name="moderation_vote_note_has_language",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, void_reason__in=list(VoidReason)),
                name="moderation_vote_voided_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        """Return the case; never who or what."""
        return f"vote in case {self.case_id}"
