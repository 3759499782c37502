"""Which works wait for a channel."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from altavoz.promotion.models import Candidate, Channel, Post
from altavoz.promotion.rota import Shelf, Waiting
from altavoz.promotion.states import CandidateState, PostState


def waiting(channel: Channel, *, at: datetime | None) -> QuerySet[Candidate]:
    """Return the works the channel may carry and never did; with a time, only those whose hold is over then.

    A post that was cancelled before it went out does not count as carried.
    """
    carried = Post.objects.filter(channel=channel, subject=OuterRef("subject")).exclude(
        state=PostState.WITHDRAWN, sent_at__isnull=True
    )
    held = Q(offered_at__lte=at - timedelta(minutes=channel.hold_minutes)) if at else Q()
    return Candidate.objects.filter(
        held, ~Exists(carried), state=CandidateState.OFFERED, language__in=channel.languages
    )


def shelf(works: QuerySet[Candidate]) -> Shelf:
    """Return how many of these works each creator has in each language."""
    rows = works.values_list("language", "creator").annotate(count=Count("id"), since=Min("id")).order_by()
    return {(language, creator): Waiting(count, since) for language, creator, count, since in rows}
