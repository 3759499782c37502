"""What pages ask about promotion; every function loads all that its answer shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Max, Min, Q, QuerySet

from altavoz.core import subjects
from altavoz.core.subjects import Description
from altavoz.promotion import channels, shelves
from altavoz.promotion.models import Candidate, Channel, Post
from altavoz.promotion.rota import Rota
from altavoz.promotion.slots import slots
from altavoz.promotion.states import IN_CALENDAR, CandidateState, ChannelState, PostState

#: Slots looked ahead for a forecast; who comes later is told "later".
_HORIZON = 500
#: What the network has, or had.
_DONE = (PostState.SENT, PostState.EDITED)


@dataclass(frozen=True, kw_only=True)
class ChannelRow:
    """A channel on the overview: what comes, what went, what needs a person."""

    channel: Channel
    planned: int
    to_approve: int
    sent: int
    questions: int
    failed: int
    left_behind: int
    next_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """A post with the work it carries (None where the work is gone)."""

    post: Post
    work: Description | None


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """When a work will be on a channel: `at`, or None where that is too far away to tell."""

    channel: Channel
    at: datetime | None
    sure: bool  # a slot was given, rather than guessed


def overview(language: str | None = None) -> list[ChannelRow]:
    """Return the channels that are connected, of one language or of all, by network and handle."""
    found = Channel.objects.exclude(state=ChannelState.DISCONNECTED)
    if language:
        found = found.filter(languages__contains=[language])
    return [
        ChannelRow(channel=channel, **{name: getattr(channel, f"_{name}") for name in _COUNTS})
        for channel in found.annotate(**{f"_{name}": count for name, count in _COUNTS.items()}).order_by(
            "network", "handle", "pk"
        )
    ]


@dataclass(frozen=True, kw_only=True)
class Followable:
    """An account of ours on a network that anybody can follow: its languages, and where it is."""

    network: str
    handle: str
    address: str
    languages: tuple[str, ...]


def followable(language: str) -> list[Followable]:
    """Return the accounts that carry works of a language, by network and handle."""
    rows = Channel.objects.filter(state=ChannelState.ACTIVE, languages__contains=[language])
    return [
        Followable(
            network=channels.network(row.network).label,
            handle=row.handle,
            address=channels.network(row.network).profile(row.address, row.handle),
            languages=tuple(row.languages),
        )
        for row in rows.order_by("network", "handle", "pk")
    ]


def _counted(*states: PostState, **more: object) -> Count:
    return Count("posts", filter=Q(posts__state__in=states, **more))


_COUNTS = {
    "planned": _counted(*IN_CALENDAR),
    "to_approve": _counted(PostState.PLANNED),
    "sent": _counted(*_DONE),
    "questions": _counted(PostState.UNKNOWN, posts__next_at__isnull=True),
    "failed": _counted(PostState.FAILED),
    "left_behind": _counted(PostState.LEFT_BEHIND),
    "next_at": Min("posts__due_at", filter=Q(posts__state__in=IN_CALENDAR)),
    "last_at": Max("posts__sent_at"),
}


def calendar(channel: Channel, start: datetime, end: datetime) -> list[PostRow]:
    """Return a channel's posts with a slot in that time, in order, with their works."""
    return _with_works(channel.posts.filter(due_at__gte=start, due_at__lt=end).order_by("due_at", "pk"))


def to_approve(channel: Channel, limit: int = 50) -> list[PostRow]:
    """Return the posts of a channel that wait for a promoter, next first."""
    return _with_works(channel.posts.filter(state=PostState.PLANNED).order_by("due_at", "pk")[:limit])


def needing_people(language: str | None = None, limit: int = 50) -> list[PostRow]:
    """Return what only a person can settle: unknown for good, failed, left behind; newest first."""
    asks = Q(state=PostState.UNKNOWN, next_at__isnull=True)
    stuck = Q(state__in=[PostState.FAILED, PostState.LEFT_BEHIND])
    posts = Post.objects.filter(asks | stuck)
    return _with_works(
        (posts.filter(language=language) if language else posts).order_by("-due_at", "-pk")[:limit]
    )


def posts_of(found: Iterable[str]) -> dict[str, list[Post]]:
    """Return by subject where works are or were, first sent first; for creators' desks and works' pages."""
    posts: dict[str, list[Post]] = {}
    shown = Post.objects.filter(subject__in=list(found), sent_at__isnull=False)
    for post in shown.select_related("channel").order_by("sent_at", "pk"):
        posts.setdefault(post.subject, []).append(post)
    return posts


def _with_works(posts: QuerySet[Post]) -> list[PostRow]:
    rows: Sequence[Post] = list(posts.select_related("channel"))
    works = subjects.describe_many([post.subject for post in rows])
    return [PostRow(post=post, work=works.get(post.subject)) for post in rows]


# When will it be posted?


def forecast(subject: str, *, at: datetime) -> list[Forecast]:
    """Return when a work will be on each active channel that it waits for, or has a slot on.

    A guess follows the rotation as it would go if nothing new came in.
    """
    candidate = Candidate.objects.filter(subject=subject, state=CandidateState.OFFERED).first()
    if candidate is None:
        return []
    active = Channel.objects.filter(state=ChannelState.ACTIVE, languages__contains=[candidate.language])
    return [found for channel in active.order_by("pk") if (found := _forecast(channel, candidate, at))]


def _forecast(channel: Channel, candidate: Candidate, at: datetime) -> Forecast | None:
    post = channel.posts.filter(subject=candidate.subject).first()
    if post and post.state in IN_CALENDAR:
        return Forecast(channel=channel, at=post.due_at, sure=True)
    if post and not (post.state == PostState.WITHDRAWN and post.sent_at is None):
        return None
    turns = _turns_until(channel, candidate)
    if turns is None:
        return Forecast(channel=channel, at=None, sure=False)
    return Forecast(channel=channel, at=_slot(channel, candidate, turns, at), sure=False)


def _turns_until(channel: Channel, candidate: Candidate) -> int | None:
    """Return how many works go before this one, or None where they are too many."""
    works = shelves.waiting(channel, at=None)
    mine = works.filter(language=candidate.language, creator=candidate.creator)
    earlier = Q(offered_at__lt=candidate.offered_at) | Q(offered_at=candidate.offered_at, pk__lt=candidate.pk)
    left = mine.filter(earlier).count()
    rota = Rota(channel, shelves.shelf(works))
    for turns in range(_HORIZON):
        if rota.pick() == (candidate.language, candidate.creator):
            if not left:
                return turns
            left -= 1
    return None


def _slot(channel: Channel, candidate: Candidate, turns: int, at: datetime) -> datetime:
    """Return the slot after everything in the calendar and so many turns, once the hold is over."""
    from altavoz.promotion.actions.planning import hours

    last = channel.posts.filter(state__in=IN_CALENDAR).aggregate(last=Max("due_at"))["last"] or at
    held = candidate.offered_at + timedelta(minutes=channel.hold_minutes)
    return next(islice(slots(hours(channel), after=max(last, held, at)), turns, None))
