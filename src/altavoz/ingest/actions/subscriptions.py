"""Subscriptions to hubs: asked for, verified, renewed, and what they push."""

import ipaddress
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from altavoz.core import jobs
from altavoz.ingest import addresses, parsing, websub
from altavoz.ingest.actions.entries import Arrival, store_entries
from altavoz.ingest.actions.sources import poll_soon
from altavoz.ingest.models import Push, Source, Subscription
from altavoz.ingest.states import SourceState, SubscriptionState

#: A hub that does not answer is asked again after so long, twice as long each time.
_RETRY = timedelta(hours=1)
_MAX_FAILURES = 8
#: A lease is renewed when this share of it is over.
_RENEW_AT = 0.8
#: A hub may send what a feed may weigh.
MAX_BODY = 5 * 1024 * 1024


def wanted(hubs: Sequence[tuple[Source, str, str]], *, at: datetime) -> None:
    """Subscribe to the hubs (source, hub, topic) that sources turned out to have; nothing for those that stand."""
    reachable = [(source, hub, topic) for source, hub, topic in hubs if _can_reach_us(hub)]
    if not reachable:
        return
    standing = dict(
        Subscription.objects.filter(source__in=[source for source, _, _ in reachable]).values_list(
            "source_id", "hub_url"
        )
    )
    for source, hub, topic in reachable:
        if standing.get(source.pk) != hub:
            _subscribe(source, hub, topic, at=at)


def _subscribe(source: Source, hub: str, topic: str, *, at: datetime) -> None:
    from altavoz.ingest import tasks

    subscription, _ = Subscription.objects.update_or_create(
        source=source,
        defaults={
            "hub_url": hub,
            "topic_url": topic,
            "token": secrets.token_urlsafe(32),
            "secret": secrets.token_urlsafe(48),
            "state": SubscriptionState.ASKED.value,
            "asked_at": at,
            "renew_at": at + _RETRY,
            "failures": 0,
        },
    )
    jobs.defer_once(tasks.subscribe, f"ingest.subscribe:{subscription.pk}", subscription_id=subscription.pk)


def _can_reach_us(hub: str) -> bool:
    """Tell whether a hub may call us back: one out on the web cannot reach a machine that only serves itself."""
    return not _is_local(settings.PUBLIC_URL) or _is_local(hub)


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@transaction.atomic
def renew(*, subscription: Subscription, answered: bool, at: datetime) -> None:
    """Note that a hub was asked, and whether it took the question; one that never does is left alone in the end."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    locked.asked_at = at
    locked.failures = 0 if answered else locked.failures + 1
    verified = locked.state == SubscriptionState.VERIFIED
    if locked.failures >= _MAX_FAILURES and not verified:
        locked.state = SubscriptionState.REFUSED.value
        locked.renew_at = None
    else:
        locked.renew_at = at + _RETRY * 2**locked.failures
    locked.save(update_fields=["asked_at", "failures", "state", "renew_at"])


def due_subscriptions(*, at: datetime, limit: int = 100) -> list[int]:
    """Return the ids of subscriptions whose hub should be asked now; those whose lease is over count as ended."""
    over = Subscription.objects.filter(state=SubscriptionState.VERIFIED.value, expires_at__lte=at)
    over.update(state=SubscriptionState.ASKED.value)
    due = Subscription.objects.filter(renew_at__lte=at, source__state=SourceState.LIVING.value)
    return list(due.order_by("renew_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def confirm_subscription(*, token: str, topic: str, lease: str, at: datetime) -> bool:
    """Accept a hub's confirmation of what we asked for; return False for what we did not.

    Afterwards the source is due once more: what it published before the hub listened for us would wait for a day.
    """
    found = Subscription.objects.select_for_update(of=("self",)).filter(token=token)
    subscription = found.filter(source__state=SourceState.LIVING.value).first()
    open_states = {SubscriptionState.ASKED.value, SubscriptionState.VERIFIED.value}
    if subscription is None or subscription.state not in open_states:
        return False
    if not websub.same_topic(subscription.topic_url, topic):
        return False
    granted = timedelta(seconds=websub.lease(lease))
    subscription.state = SubscriptionState.VERIFIED.value
    subscription.verified_at, subscription.expires_at = at, at + granted
    subscription.renew_at, subscription.failures = at + granted * _RENEW_AT, 0
    subscription.save(update_fields=["state", "verified_at", "expires_at", "renew_at", "failures"])
    poll_soon(source=subscription.source, at=at)
    return True


@transaction.atomic
def refuse_subscription(*, token: str, topic: str, at: datetime) -> bool:
    """Note that a hub will not serve us (any more); polling goes on. Return False for what we did not ask for."""
    subscription = Subscription.objects.select_for_update().filter(token=token).first()
    if subscription is None or not websub.same_topic(subscription.topic_url, topic):
        return False
    subscription.state, subscription.renew_at = SubscriptionState.REFUSED.value, None
    subscription.save(update_fields=["state", "renew_at"])
    Source.objects.filter(pk=subscription.source_id, next_poll_at__isnull=False).update(next_poll_at=at)
    return True


@transaction.atomic
def receive_push(*, token: str, body: bytes, content_type: str, signature: str, at: datetime) -> bool:
    """Keep what a hub sent and queue the reading of it; return False for an address that nobody has.

    A body whose signature is wrong or missing is dropped without a word, so that nobody learns what we check.
    """
    from altavoz.ingest import tasks

    subscription = Subscription.objects.filter(
        Q(state=SubscriptionState.VERIFIED.value) | Q(state=SubscriptionState.ASKED.value), token=token
    ).first()
    if subscription is None:
        return False
    if websub.is_signed(body, signature, subscription.secret) and len(body) <= MAX_BODY:
        push = Push.objects.create(
            subscription=subscription, body=body, content_type=content_type[:200], received_at=at
        )
        tasks.read_push.defer(push_id=push.pk)
    return True


@transaction.atomic
def read_push(*, push_id: int, at: datetime) -> bool:
    """Store the entries of what a hub sent and drop the body; return whether that told all.

    What is no feed, or leaves out what YouTube's pushes leave out (descriptions, pictures), makes the source be
    visited at once instead.
    """
    found = Push.objects.select_for_update(of=("self",)).select_related("subscription__source")
    push = found.filter(pk=push_id).first()
    if push is None:
        return False
    source = push.subscription.source
    feed = parsing.read_feed(bytes(push.body), content_type=push.content_type, url=source.feed_url)
    whole = isinstance(feed, parsing.Feed) and not addresses.is_youtube(source.feed_url)
    if isinstance(feed, parsing.Feed) and whole:
        store_entries([Arrival(source, feed.items, feed.language, feed.deleted)], at=at)
        # An entry may now differ from what the last visit saw, so the next one must not take that for known.
        Source.objects.filter(pk=source.pk).update(marks=b"")
    else:
        poll_soon(source=source, at=at)
    Subscription.objects.filter(pk=push.subscription_id).update(pushed_at=at)
    push.delete()
    return whole
