"""What an author may know of the review of their works: never who."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.moderation.models import Case
from altavoz.moderation.states import Outcome, Status

_WORDS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        Status.OPEN.value: _("Waiting for volunteers of its language to look at it"),
        Status.ESCALATED.value: _("The leads of the language team are looking for people who can decide"),
        Status.SUPERSEDED.value: _("A newer version took its place in the queue"),
        Status.CLOSED.value: _("Withdrawn before a decision"),
        Outcome.PUBLISHED.value: _("Approved"),
        Outcome.REJECTED.value: _("Declined; the reasons are on the page of the work"),
        Outcome.CHANGES_REQUESTED.value: _("Changes asked for; a new version is reviewed again"),
    }
)


@dataclass(frozen=True)
class CaseView:
    """Where the review of a work stands."""

    case_id: int
    subject: str
    kind: str
    revision: int
    state: str
    outcome: str
    arrived_at: datetime
    due_at: datetime
    decided_at: datetime | None
    words: Promise


def state_in_words(*, state: str, outcome: str) -> Promise:
    """Return where a case stands, in words for its author."""
    return _WORDS[outcome or state]


def cases_of(subjects: Collection[str]) -> dict[str, CaseView]:
    """Return the newest content review of each subject that has one: one query. Reports are not the author's to see."""
    newest = (
        Case.objects.filter(subject__in=subjects, kind__in=["intake", "change"])
        .order_by("subject", "-pk")
        .distinct("subject")
    )
    return {case.subject: _view(case) for case in newest}


def _view(case: Case) -> CaseView:
    return CaseView(
        case_id=case.pk,
        subject=case.subject,
        kind=case.kind,
        revision=case.revision,
        state=case.state,
        outcome=case.outcome,
        arrived_at=case.arrived_at,
        due_at=case.due_at,
        decided_at=case.decided_at,
        words=state_in_words(state=case.state, outcome=case.outcome),
    )
