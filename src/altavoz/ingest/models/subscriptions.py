"""Subscriptions to hubs that tell us of news, and what they sent."""

from django.db import models

from altavoz.ingest.models.choices import named, one_of
from altavoz.ingest.models.sources import Source
from altavoz.ingest.states import SubscriptionState


class Subscription(models.Model):
    """A source's topic at a hub; the hub calls us at an address that only it knows."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="subscription")
    hub_url = models.CharField(max_length=2000)
    topic_url = models.CharField(max_length=2000)
    token = models.CharField(max_length=64, unique=True)
    secret = models.CharField(max_length=100)
    state = models.CharField(
        max_length=10, choices=named(SubscriptionState), default=SubscriptionState.ASKED.value
    )
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    renew_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", SubscriptionState), name="ingest_subscription_state"
            )
        ]
        indexes = [models.Index(fields=["renew_at"], name="ingest_subscription_due")]


class Push(models.Model):
    """What a hub sent, until it is read."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="pushes")
    body = models.BinaryField()
    content_type = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
