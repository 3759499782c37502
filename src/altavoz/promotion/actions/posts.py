"""What a promoter decides about a single post."""

from datetime import datetime

from django.db import transaction

from altavoz.core import events
from altavoz.core.ledger import actions as ledger
from altavoz.people.models import Account
from altavoz.promotion.actions.planning import free_slots
from altavoz.promotion.actions.queueing import queue
from altavoz.promotion.events import PostSent
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.policies import require
from altavoz.promotion.states import BadStepError, PostState
from altavoz.promotion.states import require as require_step


@transaction.atomic
def approve_post(*, post_id: int, by: Account | None, at: datetime) -> Post:
    """Let a planned post go out at its time, or at the next free slot where its time has passed.

    Raises PermissionDenied, and BadStepError for a post that does not wait for approval.
    """
    post = _locked(post_id, by)
    if post.state != PostState.PLANNED:
        raise BadStepError(f"{post.state} → {PostState.APPROVED}")
    if post.due_at <= at:
        post.due_at = next(free_slots(post.channel, at=at))
    return _decide(post, PostState.APPROVED, "promotion.post_approved", by=by, at=at)


@transaction.atomic
def skip_post(*, post_id: int, reason: str, by: Account | None, at: datetime) -> Post:
    """Leave a work out on this channel, for a reason; its slot is paid back and it is not planned there again.

    Raises PermissionDenied, BadStepError for a post that may be out there, ValueError without a reason.
    """
    post = _locked(post_id, by)
    if not reason.strip():
        raise ValueError(reason)
    if post.text:
        raise BadStepError(f"{post.state} → {PostState.SKIPPED}")
    post.note = reason.strip()[:300]
    return _decide(post, PostState.SKIPPED, "promotion.post_skipped", by=by, at=at)


@transaction.atomic
def retry_post(*, post_id: int, by: Account | None, at: datetime) -> Post:
    """Send a failed post after all, in the next free slot, composed anew from what is approved now.

    Raises PermissionDenied, and BadStepError for a post that has not failed.
    """
    post = _locked(post_id, by)
    if post.state != PostState.FAILED:
        raise BadStepError(f"{post.state} → {PostState.APPROVED}")
    post.due_at, post.text, post.tries, post.trouble = next(free_slots(post.channel, at=at)), "", 0, ""
    return _decide(post, PostState.APPROVED, "promotion.post_retried", by=by, at=at)


@transaction.atomic
def settle_post(
    *, post_id: int, remote_id: str, url: str, by: Account | None, at: datetime
) -> Post:  # fmt: skip
    """Record what a person found out about an unknown post: it is there under this id, or (no id) it is not.

    Afterwards it counts as sent, or is sent again in its turn; where the work was withdrawn meanwhile, it is taken
    back, or counts as withdrawn. Raises PermissionDenied, and BadStepError for a post whose fate is known.
    """
    post = _locked(post_id, by)
    if post.state != PostState.UNKNOWN:
        raise BadStepError(f"{post.state} is no question")
    if remote_id:
        post.remote_id, post.remote_url, post.sent_at = remote_id, url, at
        events.record(sent_fact(post), at=at)
    state = settled(found=bool(remote_id), unwanted=post.unwanted_at is not None)
    post.due_at = at if state == PostState.APPROVED else post.due_at
    return _decide(post, state, "promotion.post_settled", by=by, at=at)


def settled(*, found: bool, unwanted: bool) -> PostState:
    """Return what a post of unknown fate becomes once it is known."""
    if unwanted:
        return PostState.WITHDRAWING if found else PostState.WITHDRAWN
    return PostState.SENT if found else PostState.APPROVED


def sent_fact(post: Post) -> PostSent:
    """Return the fact that a post is out there."""
    return PostSent(
        subject=post.subject,
        post_id=post.pk,
        channel_id=post.channel_id,
        network=post.channel.network,
        language=post.language,
        url=post.remote_url,
    )


def _decide(post: Post, state: PostState, type_: str, *, by: Account | None, at: datetime) -> Post:
    require_step(post.state, state)
    post.state, post.decided_by = state, by
    post.next_at = {PostState.APPROVED: post.due_at, PostState.WITHDRAWING: at}.get(state)
    post.save()
    queue(post, now=at)
    public = {"channel": post.channel.subject, "language": post.language} | (
        {"reason": post.note} if state == PostState.SKIPPED else {}
    )
    ledger.append(type_, subject=post.subject, by=by.pk if by else None, public=public, at=at)
    return post


def _locked(post_id: int, by: Account | None) -> Post:
    """Lock the channel first, as planning does, so that a slot found free stays free."""
    channel_id = Post.objects.values_list("channel_id", flat=True).get(pk=post_id)
    Channel.objects.select_for_update().get(pk=channel_id)
    post = Post.objects.select_for_update(of=("self",)).select_related("channel").get(pk=post_id)
    require(by, "promotion.decide_post", post)
    return post
