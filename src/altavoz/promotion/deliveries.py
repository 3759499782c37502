"""Carrying a post: the one place where promotion talks to a network, between the two ends of a call."""

from collections.abc import Mapping
from datetime import datetime

from altavoz.promotion import actions
from altavoz.promotion.actions.calls import Call, connection
from altavoz.promotion.actions.outcomes import Answer
from altavoz.promotion.channels import network
from altavoz.promotion.channels.contract import Connection, Failed, Probe, Unknown
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.states import Kind


def carry(*, post_id: int, at: datetime) -> Post | None:
    """Do what is due for a post: send, look for it, bring it up to date, or take it back. None: nothing was due.

    In order: the call is recorded and committed; it is made, once; its outcome is recorded. Whoever is killed in
    between leaves a post whose fate is looked up before anything else is tried.
    """
    call = actions.begin(post_id=post_id, at=at)
    if call is None:
        return None
    return actions.finish(attempt_id=call.attempt_id, answer=_make(call, at), at=at)


def due(*, at: datetime) -> list[int]:
    """Return the posts that something is due for, longest first."""
    posts = Post.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    return list(posts.values_list("pk", flat=True))


def probe(
    name: str, address: str, credentials: Mapping[str, str], *, at: datetime
) -> Probe | Failed | Unknown:
    """Ask a network whose credentials these are, before a channel is connected or resumed with them."""
    return network(name).probe(Connection(address=address, credentials=credentials), at=at)


def refresh_limits(*, channel_id: int, at: datetime) -> None:
    """Ask a channel's network again what it allows; without an answer the old limits stay."""
    channel = Channel.objects.get(pk=channel_id)
    answer = network(channel.network).probe(connection(channel), at=at)
    if isinstance(answer, Probe):
        actions.note_limits(channel_id=channel_id, limits=answer.limits)


def _make(call: Call, at: datetime) -> Answer:
    on, peer, message = call.network, call.connection, call.message
    if call.kind == Kind.SEND:
        return on.send(peer, message, key=call.key, at=at)
    if call.kind == Kind.FIND:
        return on.find(peer, message, since=call.since, at=at)
    if call.kind == Kind.EDIT:
        return on.edit(peer, message, remote_id=call.remote_id, at=at)
    return on.withdraw(peer, remote_id=call.remote_id, at=at)
