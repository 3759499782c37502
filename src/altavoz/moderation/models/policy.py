"""The guidelines in effect, version by version; a case keeps the one it was opened under."""

from django.db import models
from django.db.models import F, Q

from altavoz.moderation.clauses import WORDINGS, Origin


class PolicyVersion(models.Model):
    """One version of the guidelines, in effect for a time."""

    slug = models.CharField(max_length=40)
    language = models.CharField(max_length=35)
    source_url = models.URLField()
    source_commit = models.CharField(max_length=64, blank=True)
    pinned_url = models.URLField(max_length=300)
    sha256 = models.CharField(max_length=64)
    effective_from = models.DateTimeField()
    effective_to = models.DateTimeField(null=True, blank=True)
    substantive = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "effective_from"], name="moderation_policy_start"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(effective_to__isnull=True), name="moderation_policy_one_current"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="moderation_policy_times",
            ),
        ]

    def __str__(self) -> str:
        """Return what the version is called in lists."""
        return f"{self.slug} {self.effective_from:%Y-%m-%d}"


class Clause(models.Model):
    """One rule of a version, named by a lasting code."""

    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="clauses")
    code = models.CharField(max_length=40)
    origin = models.CharField(max_length=10)
    anchor = models.CharField(max_length=80)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "code"], name="moderation_clause_once"),
            models.CheckConstraint(condition=Q(origin__in=list(Origin)), name="moderation_clause_origin"),
        ]

    def __str__(self) -> str:
        """Return the rule in the reader's language; an operator's own label as it was written."""
        return self.label or str(WORDINGS[self.code].label)

    @property
    def fix(self) -> str:
        """What an author can do about it, in the reader's language; nothing for an operator's own rule."""
        wording = WORDINGS.get(self.code)
        return str(wording.fix) if wording else ""
