"""What a transition made happen, in order; the writer turns each into rows and facts."""

from dataclasses import dataclass

from altavoz.moderation.states.case import Ballot, Outcome
from altavoz.moderation.states.commands import VoidReason


@dataclass(frozen=True)
class Counted:
    """A ballot was added."""

    ballot: Ballot


@dataclass(frozen=True)
class Decided:
    """The ballots reached an outcome."""

    outcome: Outcome


@dataclass(frozen=True)
class Voided:
    """A ballot stopped counting."""

    voter: int
    reason: VoidReason


@dataclass(frozen=True)
class Reopened:
    """An outcome no longer stands on enough ballots."""

    outcome: Outcome


@dataclass(frozen=True)
class Superseded:
    """A newer revision took over."""

    revision: int


@dataclass(frozen=True)
class Closed:
    """The case ended without an outcome."""

    reason: str


@dataclass(frozen=True)
class Escalated:
    """The case waits for other people."""

    reason: str


@dataclass(frozen=True)
class HandedBack:
    """An escalated case is its team's again."""


Happening = Counted | Decided | Voided | Reopened | Superseded | Closed | Escalated | HandedBack
