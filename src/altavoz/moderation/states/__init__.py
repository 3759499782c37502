"""The pure heart of moderation: what a case may go through, who wins, and in which order; knows no database."""

from altavoz.moderation.states.case import (
    KINDS,
    Ballot,
    CaseState,
    Kind,
    Lane,
    Outcome,
    Status,
    Verdict,
    opened,
)
from altavoz.moderation.states.codes import Code, Refusal
from altavoz.moderation.states.commands import (
    CastVote,
    Close,
    Command,
    Escalate,
    HandBack,
    Supersede,
    VoidReason,
    VoidVote,
)
from altavoz.moderation.states.happenings import (
    Closed,
    Counted,
    Decided,
    Escalated,
    HandedBack,
    Happening,
    Reopened,
    Superseded,
    Voided,
)
from altavoz.moderation.states.transitions import STEPS, transition

__all__ = [
    "KINDS",
    "STEPS",
    "Ballot",
    "CaseState",
    "CastVote",
    "Close",
    "Closed",
    "Code",
    "Command",
    "Counted",
    "Decided",
    "Escalate",
    "Escalated",
    "HandBack",
    "HandedBack",
    "Happening",
    "Kind",
    "Lane",
    "Outcome",
    "Refusal",
    "Reopened",
    "Status",
    "Supersede",
    "Superseded",
    "Verdict",
    "VoidReason",
    "VoidVote",
    "Voided",
    "opened",
    "transition",
]
