"""Facts as rows, and who has handled them."""

from django.db import models


class Event(models.Model):
    """A fact: what happened, to which subject, when. Never changed."""

    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
        ]

    def __str__(self) -> str:
        """Return name and subject, as logs show them."""
        return f"{self.name} {self.subject}"


class Delivery(models.Model):
    """That a handler has taken a fact into account."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivery_once")]

    def __str__(self) -> str:
        """Return who handled what."""
        return f"{self.handler} ← {self.event_id}"
