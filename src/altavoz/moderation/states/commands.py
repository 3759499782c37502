"""What may be asked of a case."""

from dataclasses import dataclass
from enum import StrEnum

from altavoz.moderation.states.case import Verdict


class VoidReason(StrEnum):
    """Why a vote stopped counting."""

    CONFLICT = "conflict"
    REVISION_CHANGED = "revision_changed"
    HANDED_BACK = "handed_back"


@dataclass(frozen=True)
class CastVote:
    """One person's verdict on the revision they were shown.

    `conflicted` names earlier voters who have come too close to the author since; they stop counting first.
    """

    voter: int
    verdict: Verdict
    revision: int
    conflicted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class VoidVote:
    """Stop counting someone's vote."""

    voter: int
    reason: VoidReason


@dataclass(frozen=True)
class Supersede:
    """A newer revision takes the place of the one under review."""

    revision: int


@dataclass(frozen=True)
class Close:
    """There is nothing left to decide: the work was withdrawn."""

    reason: str


@dataclass(frozen=True)
class Escalate:
    """Give the case to other people without a vote."""

    reason: str


@dataclass(frozen=True)
class HandBack:
    """Return an escalated case to its team."""


Command = CastVote | VoidVote | Supersede | Close | Escalate | HandBack
