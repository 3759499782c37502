"""The two ends of every call to a network: recorded before it is made, settled after it.

Between them nothing is locked, and whoever makes the call may die: then the post stays as `begin` left it, and when
its `next_at` comes somebody looks on the network before anything is tried again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from altavoz.core import events
from altavoz.promotion import messages, vault
from altavoz.promotion.actions.outcomes import Answer, apply, leave_behind
from altavoz.promotion.actions.planning import LATE
from altavoz.promotion.actions.queueing import queue
from altavoz.promotion.channels import Network, network
from altavoz.promotion.channels.contract import Connection, Message, Trouble
from altavoz.promotion.events import PostFailed, PostUnknown
from altavoz.promotion.fitting import DoesNotFitError
from altavoz.promotion.models import Attempt, Candidate, Channel, Post
from altavoz.promotion.states import ChannelState, Kind, Outcome, PostState, require

#: After this long without an outcome whoever made a call is taken for dead. Calls themselves give up far earlier.
ABANDONED = timedelta(minutes=5)
#: Posts of a channel that does not work at the moment are looked at again after this long.
_REST = timedelta(hours=1)
#: Looking this often (an hour apart in the end) takes four days. Then a person is asked.
_MOST_LOOKS = 100

_KINDS = {
    PostState.APPROVED: Kind.SEND,
    PostState.UNKNOWN: Kind.FIND,
    PostState.SENT: Kind.EDIT,
    PostState.EDITED: Kind.EDIT,
    PostState.WITHDRAWING: Kind.WITHDRAW,
}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call that is recorded and may now be made, once."""

    attempt_id: int
    kind: Kind
    network: Network
    connection: Connection
    message: Message
    key: str
    remote_id: str
    since: datetime


def begin(*, post_id: int, at: datetime) -> Call | None:
    """Record what is to be done for a post now and return it, or None where nothing is, or not by us.

    In order: a call that was abandoned makes the post's fate unknown; the text is composed and kept, with its key,
    before the first try; the attempt is stored. All of it is committed when this returns: never call it inside
    another transaction (RuntimeError). Works that are gone or do not fit fail here.
    """
    with transaction.atomic(durable=True):
        post = (
            Post.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("channel")
            .filter(pk=post_id, next_at__lte=at)
            .first()
        )
        if post is None or not _is_ours(post, at):
            return None
        kind = _KINDS[PostState(post.state)]
        return _start(post, kind, at) if _prepare(post, kind, at) else None


def finish(*, attempt_id: int, answer: Answer, at: datetime) -> Post:
    """Settle a call: its outcome is recorded, the post takes its next state, facts tell others.

    An answer that comes after the call was given up for dead counts only if it says that the post is there.
    """
    with transaction.atomic():
        attempt = Attempt.objects.get(pk=attempt_id)
        post = Post.objects.select_for_update(of=("self",)).select_related("channel").get(pk=attempt.post_id)
        attempt.refresh_from_db()
        apply(post, attempt, answer, at=at)
        queue(post, now=at)
    return post


# Before the call


def _is_ours(post: Post, at: datetime) -> bool:
    """Bury an abandoned call, and tell whether the post's channel lets us do anything."""
    _bury(post, at)
    missed = post.state == PostState.APPROVED and not post.tries and post.due_at < at - LATE
    return _channel_works(post, at) and not missed  # planning gives a missed post another slot


def _bury(post: Post, at: datetime) -> None:
    open_one = post.attempts.filter(ended_at__isnull=True).first()
    if open_one is None:
        return
    open_one.ended_at, open_one.outcome, open_one.trouble = at, Outcome.UNKNOWN, Trouble.CRASHED
    open_one.save(update_fields=["ended_at", "outcome", "trouble"])
    if post.state == PostState.SENDING:
        post.state, post.trouble = PostState.UNKNOWN, Trouble.CRASHED
        post.save(update_fields=["state", "trouble"])
        _tell_unknown(post, at=at, asks=False)


def _channel_works(post: Post, at: datetime) -> bool:
    """Tell whether a call may be made; a paused channel takes back and looks, but sends nothing new."""
    channel = post.channel
    if channel.state == ChannelState.ACTIVE:
        return True
    if channel.state == ChannelState.PAUSED:
        if not channel.trouble and post.state in {PostState.UNKNOWN, PostState.WITHDRAWING}:
            return True
        post.next_at = at + _REST
    else:
        _give_up(post, at)
    post.save(update_fields=["state", "next_at"])
    return False


def _give_up(post: Post, at: datetime) -> None:
    """Leave to people what a disconnected channel cannot do any more."""
    post.next_at = None
    if post.state == PostState.WITHDRAWING:
        leave_behind(post, at=at)
    if post.state == PostState.UNKNOWN:
        _tell_unknown(post, at=at, asks=True)


def _prepare(post: Post, kind: Kind, at: datetime) -> bool:
    """Get a post ready for its call; tell whether there is one to make."""
    if kind == Kind.SEND:
        return bool(post.text) or _compose(post, at)
    if kind == Kind.EDIT:
        return _recompose(post)
    if kind == Kind.FIND and (post.tries >= _MOST_LOOKS or not network(post.channel.network).searchable):
        post.next_at = None
        post.save(update_fields=["next_at"])
        _tell_unknown(post, at=at, asks=True)
        return False
    return True


def _compose(post: Post, at: datetime) -> bool:
    revision = _wanted(post)
    trouble = Trouble.GONE
    try:
        message = messages.compose(post, revision)
    except DoesNotFitError:
        message, trouble = None, Trouble.DOES_NOT_FIT
    if message is None:
        require(post.state, PostState.FAILED)
        post.state, post.trouble, post.next_at = PostState.FAILED, trouble, None
        post.save(update_fields=["state", "trouble", "next_at"])
        fact = PostFailed(
            subject=post.subject, post_id=post.pk, channel_id=post.channel_id, trouble=post.trouble
        )
        events.record(fact, at=at)
        return False
    post.text, post.link, post.tag, post.revision = message.text, message.link, message.language, revision
    return True


def _recompose(post: Post) -> bool:
    """Bring the text up to date; the link stays, because a post is found by it."""
    revision, before = _wanted(post), (post.text, post.tag)
    try:
        message = messages.compose(post, revision)
    except DoesNotFitError:
        message = None
    if message:
        post.text, post.tag = message.text.replace(message.link, post.link), message.language
    if message and (post.tries or (post.text, post.tag) != before):  # tried: the old text may still be there
        return True
    post.revision, post.next_at = revision, None
    post.save(update_fields=["revision", "next_at"])
    return False


def _wanted(post: Post) -> int:
    return Candidate.objects.values_list("revision", flat=True).get(subject=post.subject)


def _start(post: Post, kind: Kind, at: datetime) -> Call:
    if kind == Kind.SEND:
        require(post.state, PostState.SENDING)
        post.state, post.tried_at = PostState.SENDING, at
    post.tries, post.next_at = post.tries + 1, at + ABANDONED
    post.save()
    attempt = Attempt.objects.create(post=post, kind=kind, at=at)
    return Call(
        attempt_id=attempt.pk,
        kind=kind,
        network=network(post.channel.network),
        connection=connection(post.channel),
        message=Message(text=post.text, link=post.link, language=post.tag),
        key=str(post.key),
        remote_id=post.remote_id,
        since=_first_try(post),
    )


def connection(channel: Channel) -> Connection:
    """Return what a network needs to know us by. Raises vault.SealBrokenError."""
    return Connection(
        address=channel.address, credentials=vault.unseal(channel.credentials), options=channel.options
    )


def _first_try(post: Post) -> datetime:
    """Return when the post may first have come to be there."""
    first = post.attempts.filter(kind=Kind.SEND).order_by("pk").values_list("at", flat=True).first()
    return first or post.due_at


def _tell_unknown(post: Post, *, at: datetime, asks: bool) -> None:
    fact = PostUnknown(subject=post.subject, post_id=post.pk, channel_id=post.channel_id, asks=asks)
    events.record(fact, at=at)
