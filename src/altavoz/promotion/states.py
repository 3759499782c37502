"""The states of channels, candidates and posts, and the steps allowed between them."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from altavoz.promotion.channels.contract import Trouble


class BadStepError(Exception):
    """The state table does not allow this step."""


class PostState(TextChoices):
    """Where a post is on its way out, or back."""

    PLANNED = "planned", pgettext_lazy("state of a post", "waits for a promoter's yes")
    APPROVED = "approved", pgettext_lazy("state of a post", "waits for its time")
    SENDING = "sending", pgettext_lazy("state of a post", "is being sent")
    UNKNOWN = "unknown", pgettext_lazy("state of a post", "perhaps sent; we are looking")
    SENT = "sent", pgettext_lazy("state of a post", "sent")
    EDITED = "edited", pgettext_lazy("state of a post", "sent and brought up to date")
    FAILED = "failed", pgettext_lazy("state of a post", "could not be sent")
    SKIPPED = "skipped", pgettext_lazy("state of a post", "left out")
    WITHDRAWING = "withdrawing", pgettext_lazy("state of a post", "is being taken back")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a post", "taken back")
    LEFT_BEHIND = "left_behind", pgettext_lazy("state of a post", "could not be taken back")


_P = PostState
#: From each state, where a post may go. SENDING → SENDING does not exist: nothing is sent twice without looking.
STEPS: dict[str, frozenset[PostState]] = {
    _P.PLANNED: frozenset({_P.APPROVED, _P.SKIPPED, _P.WITHDRAWN}),
    _P.APPROVED: frozenset({_P.SENDING, _P.SENT, _P.FAILED, _P.SKIPPED, _P.WITHDRAWN}),
    _P.SENDING: frozenset({_P.SENT, _P.APPROVED, _P.UNKNOWN, _P.FAILED, _P.WITHDRAWING, _P.WITHDRAWN}),
    _P.UNKNOWN: frozenset({_P.SENT, _P.APPROVED, _P.WITHDRAWING, _P.WITHDRAWN}),
    _P.SENT: frozenset({_P.EDITED, _P.WITHDRAWING}),
    _P.EDITED: frozenset({_P.EDITED, _P.WITHDRAWING}),
    _P.FAILED: frozenset({_P.APPROVED, _P.WITHDRAWN}),
    _P.SKIPPED: frozenset({_P.WITHDRAWN}),
    _P.WITHDRAWING: frozenset({_P.WITHDRAWN, _P.LEFT_BEHIND}),
    _P.WITHDRAWN: frozenset({_P.PLANNED, _P.APPROVED, _P.WITHDRAWING}),  # the last: an answer came late
    _P.LEFT_BEHIND: frozenset({_P.WITHDRAWING, _P.WITHDRAWN}),
}
#: A slot of the calendar is taken.
IN_CALENDAR = (_P.PLANNED, _P.APPROVED)
#: The network has our post, as far as we know.
OUT_THERE = (_P.SENT, _P.EDITED, _P.WITHDRAWING, _P.LEFT_BEHIND)
#: The slot was paid for, and nobody saw the work.
NEVER_SHOWN = (_P.SKIPPED, _P.FAILED, _P.WITHDRAWN)


def require(old: str, new: PostState) -> None:
    """Raise BadStepError unless a post may go from one state to the other."""
    if new not in STEPS[old]:
        raise BadStepError(f"{old} → {new}")


class ChannelState(TextChoices):
    """Whether a channel carries anything."""

    ACTIVE = "active", pgettext_lazy("state of a channel", "active")
    PAUSED = "paused", pgettext_lazy("state of a channel", "paused")
    DISCONNECTED = "disconnected", pgettext_lazy("state of a channel", "disconnected")


class CandidateState(TextChoices):
    """Whether a work may be carried anywhere."""

    OFFERED = "offered", pgettext_lazy("state of a work", "may be promoted")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a work", "must not be promoted")


class Approval(TextChoices):
    """Who lets a post of a channel go out."""

    AUTOMATIC = "automatic", _("Planned posts go out by themselves")
    PROMOTER = "promoter", _("A promoter approves every post")


class Kind(TextChoices):
    """What a call to a network is for."""

    SEND = "send", pgettext_lazy("call to a network", "sending")
    FIND = "find", pgettext_lazy("call to a network", "looking for the post")
    EDIT = "edit", pgettext_lazy("call to a network", "bringing the post up to date")
    WITHDRAW = "withdraw", pgettext_lazy("call to a network", "taking the post back")


class Outcome(TextChoices):
    """What became of a call; empty while it is under way."""

    DONE = "done", pgettext_lazy("outcome of a call", "done")
    FAILED = "failed", pgettext_lazy("outcome of a call", "surely not done")
    UNKNOWN = "unknown", pgettext_lazy("outcome of a call", "nobody knows")
    MISSING = "missing", pgettext_lazy("outcome of a call", "the post is not there")


#: Every trouble in words for the team.
TROUBLES: dict[str, Promise] = {
    Trouble.AUTH: _("The network no longer accepts our access. Connect the account again."),
    Trouble.REFUSED: _("The network refused the post. Look at its text, or at the rules of the server."),
    Trouble.TOO_FAST: _("The network asked for a pause. We go on by ourselves when it is over."),
    Trouble.UNREACHABLE: _("The network could not be reached. We try again by ourselves."),
    Trouble.TIMEOUT: _("The network took too long to answer. We look whether the post is there."),
    Trouble.CUT_OFF: _("The connection to the network broke. We look whether the post is there."),
    Trouble.BROKEN: _("The network answered with an error of its own. We look whether the post is there."),
    Trouble.NOT_A_SERVER: _("There is no such network at this address. Check the address of the channel."),
    Trouble.DOES_NOT_FIT: _("The link alone is longer than this network allows."),
    Trouble.CRASHED: _("Our program stopped in the middle of sending. We look whether the post is there."),
    Trouble.GONE: _("The work was no longer there when its time came."),
}
