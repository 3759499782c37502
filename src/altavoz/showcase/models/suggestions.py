"""Channels that visitors suggest, until they confirm it by e-mail, and channels whose creators said no."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Suggestion(models.Model):
    """A channel that somebody without an account suggests; the e-mail address is kept only while it is needed."""

    class State(models.TextChoices):
        """Where a suggestion stands."""

        WAITING = "waiting", _("Waiting to be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    feed_url = models.CharField(max_length=2_000)
    feed_key = models.CharField(max_length=64)  # SHA-256 of it: an address may be too long for an index
    host = models.CharField(max_length=255)
    found = models.JSONField()  # what was seen there, as ingest stores it
    name = models.CharField(max_length=200)
    wishes = models.JSONField(default=dict)  # language, topics, level and since, as the person chose
    email = models.CharField(max_length=254, blank=True)
    client = models.CharField(
        max_length=64, blank=True
    )  # a key of one day for one network, forgotten after it
    asked_at = models.DateTimeField()
    mailed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    source = models.ForeignKey("ingest.Source", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed_key", "email"], condition=Q(state="waiting"), name="suggestion_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", confirmed_at=None) & ~Q(email="")
                | Q(state="confirmed", confirmed_at__isnull=False, email=""),
                name="suggestion_address_only_while_needed",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "asked_at"], name="suggestion_client"),
            models.Index(fields=["host", "asked_at"], name="suggestion_host"),
            models.Index(fields=["email", "asked_at"], name="suggestion_email"),
            models.Index(fields=["source"], name="suggestion_source"),
        ]

    def __str__(self) -> str:
        """Return what is suggested."""
        return self.feed_url


class Refusal(models.Model):
    """A channel that its creator does not want here; nobody else can suggest it again."""

    feed_key = models.CharField(max_length=64, unique=True)
    feed_url = models.CharField(max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return what is not wanted here."""
        return self.feed_url
