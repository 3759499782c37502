"""Who showed that a source is theirs, and how."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from altavoz.ingest.models.choices import named, one_of
from altavoz.ingest.models.sources import Source
from altavoz.ingest.states import ProofMethod, ProofState


class Proof(models.Model):
    """An account's proof that a source is theirs, looked for again from time to time."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="proofs")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=12, choices=named(ProofMethod))
    state = models.CharField(max_length=10, choices=named(ProofState), default=ProofState.WAITING.value)
    token = models.CharField(max_length=60)
    back_link = models.CharField(max_length=2000, blank=True)  # our page that theirs must link to
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    finding = models.CharField(
        max_length=30, blank=True
    )  # what the last check found, see words.PROOF_FINDINGS

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "account", "method"],
                condition=~Q(state="withdrawn"),
                name="ingest_proof_one_per_method",
            ),
            models.CheckConstraint(condition=one_of("method", ProofMethod), name="ingest_proof_method"),
            models.CheckConstraint(condition=one_of("state", ProofState), name="ingest_proof_state"),
            models.CheckConstraint(
                condition=~one_of("state", (ProofState.PROVED, ProofState.LOST)) | Q(proved_at__isnull=False),
                name="ingest_proof_proved_has_time",
            ),
        ]
        indexes = [models.Index(fields=["next_check_at"], name="ingest_proof_due")]
