"""Filling the calendar: the coming slots of each channel, given out by the rotation."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from altavoz.promotion import shelves
from altavoz.promotion.actions.queueing import queue
from altavoz.promotion.models import Candidate, Channel, Post
from altavoz.promotion.rota import Rota
from altavoz.promotion.slots import Hours, slots
from altavoz.promotion.states import (
    IN_CALENDAR,
    NEVER_SHOWN,
    Approval,
    CandidateState,
    ChannelState,
    PostState,
)

#: A post this late has missed its slot; it gets a new one instead of crowding with others.
LATE = timedelta(minutes=15)


def plan(*, at: datetime) -> int:
    """Fill the calendar of every active channel, each in its own transaction; return how many posts are new."""
    channels = Channel.objects.filter(state=ChannelState.ACTIVE).order_by("pk").values_list("pk", flat=True)
    return sum(plan_channel(channel_id=channel_id, at=at) for channel_id in channels)


@transaction.atomic
def plan_channel(*, channel_id: int, at: datetime) -> int:
    """Give the channel's coming free slots to works that wait, fairly; return how many.

    In order: posts that missed their slot move to coming ones; slots nobody was shown in are paid back; then, as
    long as fewer than `ahead` posts stand in the calendar, each free slot goes to whose turn it is, to their work
    that waits longest. Jobs are queued for posts that need nobody's approval.
    """
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    if channel.state != ChannelState.ACTIVE:
        return 0
    free = free_slots(channel, at=at)
    standing = _move_late(channel, free, at)
    room = channel.ahead - standing
    unshown = _unshown(channel)
    if room <= 0 and not unshown:
        return 0
    rota = Rota(channel, shelves.shelf(shelves.waiting(channel, at=at)))
    for post in unshown:
        rota.refund(post.language, post.creator)
    count = _fill(channel, rota, free, room, at)
    rota.save()
    return count


def free_slots(channel: Channel, *, at: datetime) -> Iterator[datetime]:
    """Return the channel's slots after a moment that no post has, in order, without end."""
    taken = set(
        Post.objects.filter(channel=channel, due_at__gt=at, state__in=IN_CALENDAR).values_list(
            "due_at", flat=True
        )
    )
    return (slot for slot in slots(hours(channel), after=at) if slot not in taken)


def hours(channel: Channel) -> Hours:
    """Return when the channel speaks."""
    return Hours(channel.slots_per_day, channel.zone, channel.quiet_from, channel.quiet_until)


def _move_late(channel: Channel, free: Iterator[datetime], at: datetime) -> int:
    """Give posts that missed their slot the next free ones; return how many posts stand in the calendar."""
    posts = channel.posts.select_for_update().filter(state__in=IN_CALENDAR).order_by("due_at", "pk")
    for post in posts:
        if post.due_at < at - LATE and not post.tries:
            post.due_at = next(free)
            post.next_at = post.due_at if post.state == PostState.APPROVED else None
            post.save(update_fields=["due_at", "next_at"])
            queue(post, now=at)
    return len(posts)


def _unshown(channel: Channel) -> list[Post]:
    """Return the posts whose slot was paid for in vain, and mark them as paid back."""
    owed = channel.posts.filter(paid=True, sent_at__isnull=True, state__in=NEVER_SHOWN)
    posts = list(owed.select_for_update().order_by("pk"))
    if posts:
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(paid=False)
    return posts


def _fill(channel: Channel, rota: Rota, free: Iterator[datetime], room: int, at: datetime) -> int:
    count = 0
    while count < room and (turn := rota.pick()):
        candidate = _oldest(channel, *turn, at)
        if candidate is None:  # withdrawn since we looked
            rota.refund(*turn)
            continue
        _put(channel, candidate, next(free), at)
        count += 1
    return count


def _oldest(channel: Channel, language: str, creator: str, at: datetime) -> Candidate | None:
    """Return and lock the work of that creator that waits longest."""
    works = shelves.waiting(channel, at=at).filter(language=language, creator=creator)
    oldest = works.order_by("offered_at", "pk").first()
    if oldest is None:
        return None
    return Candidate.objects.select_for_update().filter(pk=oldest.pk, state=CandidateState.OFFERED).first()


def _put(channel: Channel, candidate: Candidate, slot: datetime, at: datetime) -> None:
    """Put a work into a slot; a post that was cancelled before it went out is taken up again."""
    approved = channel.approval == Approval.AUTOMATIC
    values = {
        "revision": candidate.revision,
        "creator": candidate.creator,
        "state": PostState.APPROVED if approved else PostState.PLANNED,
        "due_at": slot,
        "next_at": slot if approved else None,
        "paid": True,
        "tries": 0,
        "trouble": "",
        "text": "",
        "unwanted_at": None,
    }
    post, _ = Post.objects.update_or_create(
        subject=candidate.subject, channel=channel, language=candidate.language, defaults=values
    )
    queue(post, now=at)
