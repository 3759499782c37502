"""Asks a hub to tell us of news."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse

from altavoz.core.fetch import Response, fetch
from altavoz.ingest import actions, websub
from altavoz.ingest.models import Subscription


def subscribe(subscription_id: int, *, at: datetime) -> bool:
    """Ask the hub; return whether it took the question. The subscription stands when the hub called back."""
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        return False
    callback = settings.PUBLIC_URL + reverse("ingest:websub", args=[subscription.token])
    answer = fetch(
        websub.asking(
            hub=subscription.hub_url,
            topic=subscription.topic_url,
            callback=callback,
            secret=subscription.secret,
        )
    )
    answered = isinstance(answer, Response) and HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
    actions.renew(subscription=subscription, answered=answered, at=at)
    return answered
