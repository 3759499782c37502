"""What a case is made of: its kind, its status, and the ballots that count."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """Why people look at a revision."""

    INTAKE = "intake"
    CHANGE = "change"
    REPORT = "report"
    RATIFY = "ratify"
    APPEAL = "appeal"


class Lane(StrEnum):
    """How soon a case is due."""

    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


class Quorum(StrEnum):
    """By which rule ballots become an outcome."""

    R_STAR = "r_star"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class KindRules:
    """What holds for every case of a kind."""

    lane: Lane
    quorum: Quorum
    content: bool  # judges a revision before it is shown; a newer revision takes its place


#: One row per kind. `NOT_YET` keeps the door: such a case cannot be opened until its quorum is written.
KINDS: Final[Mapping[Kind, KindRules]] = MappingProxyType(
    {
        Kind.INTAKE: KindRules(lane=Lane.NORMAL, quorum=Quorum.R_STAR, content=True),
        Kind.CHANGE: KindRules(lane=Lane.NORMAL, quorum=Quorum.R_STAR, content=True),
        Kind.REPORT: KindRules(lane=Lane.URGENT, quorum=Quorum.R_STAR, content=False),
        Kind.RATIFY: KindRules(lane=Lane.URGENT, quorum=Quorum.NOT_YET, content=False),
        Kind.APPEAL: KindRules(lane=Lane.NORMAL, quorum=Quorum.NOT_YET, content=False),
    }
)


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    DECIDED = "decided"
    CHANGES_REQUESTED = "changes_requested"
    ESCALATED = "escalated"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What the votes decided."""

    PUBLISHED = "published"
    REJECTED = "rejected"
    CHANGES_REQUESTED = "changes_requested"


class Verdict(StrEnum):
    """What one person thinks."""

    APPROVE = "approve"
    REJECT = "reject"
    CHANGES = "changes"
    ESCALATE = "escalate"


@dataclass(frozen=True)
class Ballot:
    """A vote that counts: voided ones are not in a state."""

    voter: int
    verdict: Verdict


@dataclass(frozen=True)
class CaseState:
    """A case as the rules see it."""

    kind: Kind
    revision: int
    status: Status = Status.OPEN
    outcome: Outcome | None = None
    ballots: tuple[Ballot, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The counted verdicts in the order they came."""
        return tuple(ballot.verdict for ballot in self.ballots)

    def has_voted(self, voter: int) -> bool:
        """Tell whether one of the counted ballots is theirs."""
        return any(ballot.voter == voter for ballot in self.ballots)


def opened(kind: Kind, revision: int) -> CaseState:
    """Return the state every case begins in."""
    return CaseState(kind=kind, revision=revision)
