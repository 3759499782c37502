"""Cases: a subject at one revision, waiting for votes or decided by them."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from altavoz.moderation.models.policy import PolicyVersion
from altavoz.moderation.states import Ballot, CaseState, Kind, Lane, Outcome, Status, Verdict

UNFINISHED: Final = (Status.OPEN.value, Status.ESCALATED.value)
SETTLED: Final = (Status.DECIDED.value, Status.CHANGES_REQUESTED.value)


class Case(models.Model):
    """A revision under review. Its state is one column; what may follow is in `states.STEPS`."""

    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    compared_to = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=35)
    author = models.CharField(max_length=80)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=Status.OPEN)
    reason = models.CharField(max_length=40, blank=True)  # why it was closed or escalated
    outcome = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    lane = models.CharField(max_length=10)
    arrived_at = models.DateTimeField()
    virtual_at = models.DateTimeField()
    due_at = models.DateTimeField()
    votes_needed = (
        models.PositiveSmallIntegerField()
    )  # the fewest that can decide: so many may hold it at once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state__in=UNFINISHED),
                name="moderation_case_one_unfinished",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=SETTLED) & ~Q(outcome="") & Q(decided_at__isnull=False))
                | (~Q(state__in=SETTLED) & Q(outcome="", decided_at__isnull=True)),
                name="moderation_case_decided_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(state=Status.CHANGES_REQUESTED, outcome=Outcome.CHANGES_REQUESTED)
                | (~Q(state=Status.CHANGES_REQUESTED) & ~Q(outcome=Outcome.CHANGES_REQUESTED)),
                name="moderation_case_changes_requested",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(Kind), state__in=list(Status), lane__in=list(Lane))
                & Q(outcome__in=["", *Outcome]),
                name="moderation_case_words",
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=1, due_at__gt=F("virtual_at")), name="moderation_case_figures"
            ),
            models.CheckConstraint(
                condition=Q(state=Status.OPEN, votes_needed__gte=1, votes_needed__lte=4)
                | (~Q(state=Status.OPEN) & Q(votes_needed=0)),
                name="moderation_case_votes_needed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "due_at"],
                condition=Q(state=Status.OPEN, lane=Lane.URGENT),
                name="moderation_case_urgent",
            ),
            models.Index(
                fields=["language", "due_at"],
                condition=Q(state=Status.OPEN) & ~Q(lane=Lane.URGENT),
                name="moderation_case_queue",
            ),
            models.Index(fields=["subject", "-id"], name="moderation_case_subject"),
            models.Index(
                fields=["language"], condition=Q(state=Status.ESCALATED), name="moderation_case_escalated"
            ),
            models.Index(
                fields=["decided_at"], condition=Q(decided_at__isnull=False), name="moderation_case_decided"
            ),
        ]

    def __str__(self) -> str:
        """Return what is reviewed, as logs show it."""
        return f"{self.kind} {self.subject} r{self.revision}"

    def as_state(self) -> CaseState:
        """Return the case as the rules see it: one query, for the votes that count."""
        counted = (
            self.votes.filter(voided_at__isnull=True).order_by("pk").values_list("moderator_id", "verdict")
        )
        return CaseState(
            kind=Kind(self.kind),
            revision=self.revision,
            status=Status(self.state),
            outcome=Outcome(self.outcome) if self.outcome else None,
            ballots=tuple(Ballot(voter, Verdict(verdict)) for voter, verdict in counted),
        )


class AuthorClock(models.Model):
    """Until when an author's works fill the queue: the virtual date of their latest case."""

    author = models.CharField(max_length=80, primary_key=True)
    virtual_at = models.DateTimeField()
