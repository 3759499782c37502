"""The only doors to a change in moderation."""

from altavoz.moderation.actions.adoptions import (
    adopt_catalogue,
    propose_adoption,
    revoke_adoption,
    second_adoption,
)
from altavoz.moderation.actions.cases import close_case, escalate_stuck, hand_back, open_case
from altavoz.moderation.actions.claims import claim, release, renew
from altavoz.moderation.actions.conflicts import declare_conflict, recuse
from altavoz.moderation.actions.guidelines import load_policy
from altavoz.moderation.actions.reports import report
from altavoz.moderation.actions.reports_by_mail import (
    ask_to_report,
    confirm_report,
    forget_reporters,
    forget_unconfirmed_reports,
    waiting_report,
)
from altavoz.moderation.actions.votes import vote
from altavoz.moderation.refusals import Refused

__all__ = [
    "Refused",
    "adopt_catalogue",
    "ask_to_report",
    "claim",
    "close_case",
    "confirm_report",
    "declare_conflict",
    "escalate_stuck",
    "forget_reporters",
    "forget_unconfirmed_reports",
    "hand_back",
    "load_policy",
    "open_case",
    "propose_adoption",
    "recuse",
    "release",
    "renew",
    "report",
    "revoke_adoption",
    "second_adoption",
    "vote",
    "waiting_report",
]
