"""What an answer of a network makes of a post: one function per kind of call."""

from datetime import datetime, timedelta

from altavoz.core import events
from altavoz.promotion.actions.channels import pause_for_trouble
from altavoz.promotion.actions.posts import sent_fact, settled
from altavoz.promotion.channels.contract import Failed, Gone, Missing, Sent, Trouble, Unknown
from altavoz.promotion.events import PostFailed, PostLeftBehind, PostUnknown, PostWithdrawn
from altavoz.promotion.models import Attempt, Candidate, Channel, Post
from altavoz.promotion.states import ChannelState, Kind, Outcome, PostState, require

#: Everything a network may answer to a call.
Answer = Sent | Failed | Unknown | Missing | Gone

_OUTCOMES: dict[type[object], Outcome] = {
    Sent: Outcome.DONE,
    Gone: Outcome.DONE,
    Missing: Outcome.MISSING,
    Failed: Outcome.FAILED,
    Unknown: Outcome.UNKNOWN,
}
#: A request that was on its way when the connection broke is over by then, one way or the other.
_GRACE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)
_AUTH_PAUSE = timedelta(minutes=5)
#: So many refusals in a row are no accident: the channel pauses and its team is told.
_AUTH_FAILURES = 3
#: Taking back and editing are repeated this often (an hour apart in the end) before we leave it to people.
_MOST_TRIES = 100


def apply(post: Post, attempt: Attempt, answer: Answer, *, at: datetime) -> None:
    """Record the outcome of an attempt on a locked post, and take the step that follows from it."""
    late = attempt.ended_at is not None
    if not late:
        _close(attempt, answer, at)
        _watch_auth(post.channel, answer, at)
    if late and not _found_late(post, answer):
        return
    if not late:
        post.trouble = getattr(answer, "why", "")
    steps = {Kind.SEND: _sent, Kind.FIND: _sent, Kind.EDIT: _edited, Kind.WITHDRAW: _taken_back}
    steps[Kind(attempt.kind)](post, answer, at)
    post.save()


def _found_late(post: Post, answer: Answer) -> bool:
    waits = {PostState.SENDING, PostState.UNKNOWN, PostState.APPROVED, PostState.WITHDRAWN}
    return isinstance(answer, Sent) and post.state in waits and not post.remote_id


def _close(attempt: Attempt, answer: Answer, at: datetime) -> None:
    attempt.ended_at, attempt.outcome = at, _OUTCOMES[type(answer)]
    attempt.trouble, attempt.detail = getattr(answer, "why", ""), getattr(answer, "detail", "")[:300]
    attempt.save(update_fields=["ended_at", "outcome", "trouble", "detail"])


def _watch_auth(channel: Channel, answer: Answer, at: datetime) -> None:
    """Count refusals to let us in; pause the channel at the third in a row, start again after any success."""
    if not isinstance(answer, Failed) or answer.why != Trouble.AUTH:
        if channel.auth_failures and not isinstance(answer, Failed | Unknown):
            Channel.objects.filter(pk=channel.pk).update(auth_failures=0)
        return
    locked = Channel.objects.select_for_update().get(pk=channel.pk)
    locked.auth_failures += 1
    locked.save(update_fields=["auth_failures"])
    if locked.auth_failures >= _AUTH_FAILURES and locked.state == ChannelState.ACTIVE:
        pause_for_trouble(locked, trouble=Trouble.AUTH, at=at)


# After sending or looking


def _sent(post: Post, answer: Answer, at: datetime) -> None:
    if isinstance(answer, Sent):
        _is_there(post, answer, at)
    elif isinstance(answer, Missing):
        _is_not_there(post, at)
    elif isinstance(answer, Failed) and post.state == PostState.SENDING:
        _surely_not_sent(post, answer, at)
    else:
        _nobody_knows(post, at)


def _is_there(post: Post, answer: Sent, at: datetime) -> None:
    post.remote_id, post.remote_url, post.sent_at = answer.remote_id, answer.url, at
    _go(post, settled(found=True, unwanted=post.unwanted_at is not None))
    behind = Candidate.objects.filter(subject=post.subject, revision__gt=post.revision).exists()
    post.next_at = at if behind or post.state == PostState.WITHDRAWING else None
    post.tries, post.trouble = 0, ""
    events.record(sent_fact(post), at=at)


def _is_not_there(post: Post, at: datetime) -> None:
    """Try again under the same key, which guards against a request that is still under way somewhere."""
    _go(post, settled(found=False, unwanted=post.unwanted_at is not None))
    post.next_at = at if post.state == PostState.APPROVED else None


def _surely_not_sent(post: Post, answer: Failed, at: datetime) -> None:
    post.text = ""  # composed anew before the next try
    if post.unwanted_at:
        _go(post, PostState.WITHDRAWN)
        post.next_at = None
    elif retry_at := _again(answer, at):
        _go(post, PostState.APPROVED)
        post.next_at = retry_at
    else:
        _go(post, PostState.FAILED)
        post.next_at = None
        fact = PostFailed(
            subject=post.subject, post_id=post.pk, channel_id=post.channel_id, trouble=post.trouble
        )
        events.record(fact, at=at)


def _nobody_knows(post: Post, at: datetime) -> None:
    if post.state != PostState.UNKNOWN:
        _go(post, PostState.UNKNOWN)
        fact = PostUnknown(subject=post.subject, post_id=post.pk, channel_id=post.channel_id, asks=False)
        events.record(fact, at=at)
    post.next_at = at + _pause(post.tries)


# After editing or taking back: both may be repeated without harm


def _edited(post: Post, answer: Answer, at: datetime) -> None:
    if post.state == PostState.WITHDRAWING:  # withdrawn while we were at it
        post.next_at = at
        return
    again = _again(answer, at) if isinstance(answer, Failed) else at + _pause(post.tries)
    if isinstance(answer, Sent):
        _go(post, PostState.EDITED)
        wanted = Candidate.objects.values_list("revision", flat=True).get(subject=post.subject)
        post.revision, post.tries, again = wanted, 0, None
    post.next_at = again if post.tries < _MOST_TRIES else None


def _taken_back(post: Post, answer: Answer, at: datetime) -> None:
    if isinstance(answer, Gone):
        _go(post, PostState.WITHDRAWN)
        post.next_at, post.tries = None, 0
        fact = PostWithdrawn(subject=post.subject, post_id=post.pk, channel_id=post.channel_id)
        events.record(fact, at=at)
        return
    again = _again(answer, at) if isinstance(answer, Failed) else at + _pause(post.tries)
    post.next_at = again
    if again is None or post.tries >= _MOST_TRIES:
        leave_behind(post, at=at)


def leave_behind(post: Post, *, at: datetime) -> None:
    """Leave a withdrawn post to people, with its address; the caller saves."""
    _go(post, PostState.LEFT_BEHIND)
    post.next_at = None
    events.record(
        PostLeftBehind(
            subject=post.subject, post_id=post.pk, channel_id=post.channel_id, url=post.remote_url
        ),
        at=at,
    )


def _again(answer: Failed, at: datetime) -> datetime | None:
    """Return when to try again: what the network said, soon where only our access fails, else never."""
    return at + _AUTH_PAUSE if answer.why == Trouble.AUTH else answer.retry_at


def _pause(tries: int) -> timedelta:
    """Return a minute, then two, four, … up to an hour."""
    return min(_GRACE * (1 << min(max(tries - 1, 0), 6)), _LONGEST_PAUSE)


def _go(post: Post, state: PostState) -> None:
    require(post.state, state)
    post.state = state
