"""Adoptions: two leads vouch, in writing, for a catalogue that has an editorial review of its own."""

from django.db import models
from django.db.models import F, Q

from altavoz.moderation.models.policy import PolicyVersion
from altavoz.people.models import Account


class Adoption(models.Model):
    """Proposed by one lead, in effect when another has seconded it, over when it is revoked."""

    catalogue = models.CharField(max_length=80)  # a subject
    language = models.CharField(max_length=35)
    scope = models.JSONField()  # which import, which categories
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    seconded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "language"],
                condition=Q(revoked_at__isnull=True),
                name="moderation_adoption_one_living",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True, adopted_at__isnull=True)
                | Q(seconded_by__isnull=False, adopted_at__isnull=False),
                name="moderation_adoption_seconded_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("proposed_by")),
                name="moderation_adoption_two_leads",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="moderation_adoption_revoked_all_or_none",
            ),
            models.CheckConstraint(condition=~Q(scope={}), name="moderation_adoption_scope"),
        ]
