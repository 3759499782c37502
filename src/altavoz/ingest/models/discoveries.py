"""Looking at an address somebody pasted: a row, so that it outlives the request, the page and the worker."""

from django.db import models
from django.db.models import Q

from altavoz.ingest.models.choices import named, one_of
from altavoz.ingest.states import DiscoveryState


class Discovery(models.Model):
    """What is being found, or was found, at one address; whoever pastes the same address shares it."""

    token = models.CharField(max_length=32, unique=True)  # names it in the address of its page
    address = models.CharField(max_length=2000)
    address_key = models.CharField(
        max_length=64, unique=True
    )  # SHA-256; the address may be too long for an index
    state = models.CharField(
        max_length=10, choices=named(DiscoveryState), default=DiscoveryState.WAITING.value
    )
    step = models.CharField(max_length=20, blank=True)  # what is being done now, see discovery.steps
    code = models.CharField(max_length=40, blank=True)  # why nothing was found, see discovery.words
    found = models.JSONField(null=True)  # see discovery.storing
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)  # who looks has so long; then somebody else may
    settled_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("state", DiscoveryState), name="ingest_discovery_state"),
            models.CheckConstraint(
                condition=Q(state="found", found__isnull=False, code="")
                | Q(state="nothing", found__isnull=True) & ~Q(code="")
                | Q(state__in=("waiting", "looking"), found__isnull=True, code=""),
                name="ingest_discovery_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("found", "nothing"), settled_at__isnull=False)
                | Q(state__in=("waiting", "looking"), settled_at=None),
                name="ingest_discovery_settled_when",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="ingest_discovery_expiry")]

    def __str__(self) -> str:
        return self.address
