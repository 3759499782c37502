"""The rows of moderation."""

from altavoz.moderation.models.adoption import Adoption
from altavoz.moderation.models.case import AuthorClock, Case
from altavoz.moderation.models.exclusion import Cause, Exclusion
from altavoz.moderation.models.lease import Ended, Lease
from altavoz.moderation.models.policy import Clause, PolicyVersion
from altavoz.moderation.models.report import Report, UnconfirmedReport
from altavoz.moderation.models.vote import Vote

__all__ = [
    "Adoption",
    "AuthorClock",
    "Case",
    "Cause",
    "Clause",
    "Ended",
    "Exclusion",
    "Lease",
    "PolicyVersion",
    "Report",
    "UnconfirmedReport",
    "Vote",
]
