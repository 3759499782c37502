"""The posts that a page shows, each with its work in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from altavoz.core import subjects
from altavoz.core.subjects import Description
from altavoz.promotion.models import Post
from altavoz.promotion.states import IN_CALENDAR, PostState
from altavoz.promotion.words import post_in_words

WEEK = timedelta(days=7)
#: More than a page can usefully show; what needs people comes first.
_MOST = 60
_ASKS = Q(state=PostState.UNKNOWN, next_at__isnull=True)
_STUCK = Q(state__in=[PostState.FAILED, PostState.LEFT_BEHIND])
_TONES: dict[str, str] = {
    PostState.SENT: "good",
    PostState.EDITED: "good",
    PostState.FAILED: "bad",
    PostState.LEFT_BEHIND: "bad",
    PostState.UNKNOWN: "warn",
    PostState.PLANNED: "warn",
}
#: A state in one or two words, for the chip.
SHORT: dict[str, Promise] = {
    PostState.PLANNED: pgettext_lazy("state of a post, in few words", "Waits for a yes"),
    PostState.APPROVED: pgettext_lazy("state of a post, in few words", "Planned"),
    PostState.SENDING: pgettext_lazy("state of a post, in few words", "Being sent"),
    PostState.UNKNOWN: pgettext_lazy("state of a post, in few words", "Perhaps sent"),
    PostState.SENT: pgettext_lazy("state of a post, in few words", "Sent"),
    PostState.EDITED: pgettext_lazy("state of a post, in few words", "Sent"),
    PostState.FAILED: pgettext_lazy("state of a post, in few words", "Not sent"),
    PostState.SKIPPED: pgettext_lazy("state of a post, in few words", "Left out"),
    PostState.WITHDRAWING: pgettext_lazy("state of a post, in few words", "Being taken back"),
    PostState.WITHDRAWN: pgettext_lazy("state of a post, in few words", "Taken back"),
    PostState.LEFT_BEHIND: pgettext_lazy("state of a post, in few words", "Could not be undone"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A post as the desk lists it, and which steps a promoter has."""

    post: Post
    work: Description | None
    words: str
    short: Promise
    tone: str

    @property
    def asks(self) -> bool:
        """Tell whether a person has to look on the network."""
        return self.post.state == PostState.UNKNOWN and self.post.next_at is None

    @property
    def needs_people(self) -> bool:
        """Tell whether only a person can go on with it."""
        return self.asks or self.post.state in {PostState.FAILED, PostState.LEFT_BEHIND}

    @property
    def may_approve(self) -> bool:
        """Tell whether it waits for a yes."""
        return self.post.state == PostState.PLANNED

    @property
    def may_skip(self) -> bool:
        """Tell whether it can still be left out."""
        return self.post.state in IN_CALENDAR and not self.post.tries

    @property
    def may_retry(self) -> bool:
        """Tell whether it can be sent after all."""
        return self.post.state == PostState.FAILED


def rows(posts: Sequence[Post]) -> list[Row]:
    """Return posts with their works, which are asked for together."""
    works = subjects.describe_many([post.subject for post in posts])
    return [
        Row(
            post=post,
            work=works.get(post.subject),
            words=post_in_words(post),
            short=SHORT[post.state],
            tone=_TONES.get(post.state, "info"),
        )
        for post in posts
    ]


def this_week(language: str, at: datetime) -> list[Row]:
    """Return what is in the calendar of the coming week, and all that needs people, in order of time."""
    coming = Q(state__in=IN_CALENDAR, due_at__lt=at + WEEK)
    found = Post.objects.filter(_ASKS | _STUCK | coming, language=language).select_related("channel")
    return rows(list(found.order_by("due_at", "pk")[:_MOST]))


def history(language: str, *, before: int | None, limit: int) -> list[Row]:
    """Return the newest posts of a language, whatever became of them; `before` pages on by id."""
    found = Post.objects.filter(language=language).select_related("channel")
    if before is not None:
        found = found.filter(pk__lt=before)
    return rows(list(found.order_by("-pk")[:limit]))
