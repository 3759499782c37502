"""Works coming in, changing, and going away again."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from altavoz.core.languages import base, normalise
from altavoz.core.ledger import actions as ledger
from altavoz.promotion.actions.queueing import queue
from altavoz.promotion.models import Candidate, Post
from altavoz.promotion.states import CandidateState, PostState

#: All works without a creator take turns as if they were one creator's.
NOBODY = "nobody"
_UNDER_WAY = (PostState.SENDING, PostState.UNKNOWN)
_SHOWN = (PostState.SENT, PostState.EDITED)


@transaction.atomic
def offer(*, subject: str, revision: int, language: str, creator: str, at: datetime) -> Candidate:
    """Let a work be carried, showing this approved revision, on every channel of its language.

    Afterwards it waits for its turn (after each channel's hold). A newer revision of a work offered before changes
    what is still to be sent, and brings what is out there up to date; an older one changes nothing. A work that was
    withdrawn waits anew, but never goes twice to where it has been.
    """
    candidate, new = Candidate.objects.select_for_update().get_or_create(
        subject=subject,
        defaults={
            "revision": revision,
            "language": base(normalise(language)),
            "creator": creator or NOBODY,
            "state": CandidateState.OFFERED,
            "offered_at": at,
        },
    )
    if not new:
        _offer_again(candidate, revision, language, creator, at)
    return candidate


def _offer_again(candidate: Candidate, revision: int, language: str, creator: str, at: datetime) -> None:
    back = candidate.state == CandidateState.WITHDRAWN
    if revision < candidate.revision or (revision == candidate.revision and not back):
        return
    candidate.revision, candidate.language = revision, base(normalise(language))
    candidate.creator, candidate.state = creator or NOBODY, CandidateState.OFFERED
    if back:
        candidate.offered_at = at
    candidate.save(update_fields=["revision", "language", "creator", "state", "offered_at"])
    for post in _posts(candidate.subject).filter(state__in=_SHOWN, revision__lt=revision):
        post.next_at = at
        post.save(update_fields=["next_at"])
        queue(post, now=at)


@transaction.atomic
def withdraw(*, subject: str, reason: str, at: datetime) -> None:
    """Take a work back from everywhere; nothing happens for a work that was never offered or is withdrawn already.

    In order: it waits no more; posts that were not sent are cancelled; posts that are out there are queued for
    deletion; a post that is being sent right now is taken back as soon as its fate is known; the ledger tells of both.
    """
    changed = Candidate.objects.filter(subject=subject, state=CandidateState.OFFERED).update(
        state=CandidateState.WITHDRAWN
    )
    if not changed:
        return
    if count := sum([_take_back(post, at) for post in _posts(subject)]):
        public = {"reason": reason, "posts": count}
        ledger.append("promotion.withdrawn", subject=subject, by=None, public=public, at=at)


def _take_back(post: Post, at: datetime) -> bool:
    """Start taking one post back; tell whether it is or may be on a network."""
    post.unwanted_at = at
    if post.state in _SHOWN:
        post.state, post.next_at, post.tries = PostState.WITHDRAWING, at, 0
    elif post.state not in {*_UNDER_WAY, PostState.WITHDRAWING, PostState.WITHDRAWN, PostState.LEFT_BEHIND}:
        post.state, post.next_at = PostState.WITHDRAWN, None
    post.save(update_fields=["state", "next_at", "tries", "unwanted_at"])
    if post.state == PostState.WITHDRAWING:
        queue(post, now=at)
    return post.state != PostState.WITHDRAWN


def _posts(subject: str) -> QuerySet[Post]:
    return Post.objects.select_for_update().filter(subject=subject).order_by("pk")
