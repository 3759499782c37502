"""How a language's queue and team are doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Min, Q

from altavoz.core import subjects
from altavoz.moderation import policies
from altavoz.moderation.models import Case
from altavoz.moderation.states import Outcome, Status
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.states import TeamKind

#: From so many members on, a team finds enough people for every case.
FULL_TEAM: Final = 8
SMALLEST_TEAM: Final = 2
#: Public figures below this could point at a person.
SMALLEST_CELL: Final = 5
_MONTH: Final = timedelta(days=30)


class Light(StrEnum):
    """Whether a team can reach its quorum."""

    OPEN = "open"
    THIN = "thin"
    STUCK = "stuck"


@dataclass(frozen=True)
class QueueCount:
    """What waits in one language."""

    language: str
    waiting: int
    due_next: datetime | None
    late: int
    light: Light


@dataclass(frozen=True)
class Escalation:
    """A case that waits for a lead."""

    case_id: int
    title: str
    page: str
    reason: str
    due_at: datetime


@dataclass(frozen=True)
class PublicCount:
    """Figures of one language for everybody; None hides a figure from 1 to 4."""

    language: str
    waiting: int | None
    published: int | None
    rejected: int | None
    changes_requested: int | None


def team_light(language: str) -> Light:
    """Return whether the moderation team of a language can reach its quorum."""
    size = people.members(language, TeamKind.MODERATION).count()
    if size >= FULL_TEAM:
        return Light.OPEN
    return Light.THIN if size >= SMALLEST_TEAM else Light.STUCK


def queue_counts(account: Account, *, at: datetime) -> tuple[QueueCount, ...]:
    """Return what waits in each language the person moderates, by language."""
    languages = policies.languages_of(account)
    rows = (
        Case.objects.filter(state=Status.OPEN, language__in=languages)
        .order_by()
        .values("language")
        .annotate(waiting=Count("pk"), due_next=Min("due_at"), late=Count("pk", filter=Q(due_at__lt=at)))
    )
    found = {row["language"]: (row["waiting"], row["due_next"], row["late"]) for row in rows}
    return tuple(
        QueueCount(language, *found.get(language, (0, None, 0)), team_light(language))
        for language in languages
    )


def escalated(language: str) -> tuple[Escalation, ...]:
    """Return the cases that wait for a lead of that language, most urgent first."""
    cases = list(Case.objects.filter(state=Status.ESCALATED, language=language).order_by("due_at", "pk"))
    works = subjects.describe_many([case.subject for case in cases])
    return tuple(
        Escalation(case.pk, works[case.subject].title, works[case.subject].page, case.reason, case.due_at)
        for case in cases
        if case.subject in works
    )


def public_counts(at: datetime) -> tuple[PublicCount, ...]:
    """Return what waits now and what was decided in the last 30 days, by language."""
    lately = Q(decided_at__gt=at - _MONTH)
    rows = (
        Case.objects.filter(Q(state=Status.OPEN) | lately)
        .values("language")
        .annotate(
            waiting=Count("pk", filter=Q(state=Status.OPEN)),
            published=Count("pk", filter=lately & Q(outcome=Outcome.PUBLISHED)),
            rejected=Count("pk", filter=lately & Q(outcome=Outcome.REJECTED)),
            changes=Count("pk", filter=lately & Q(outcome=Outcome.CHANGES_REQUESTED)),
        )
        .order_by("language")
        .values_list("language", "waiting", "published", "rejected", "changes")
    )
    return tuple(PublicCount(language, *map(_shown, counts)) for language, *counts in rows)


def _shown(count: int) -> int | None:
    return None if 0 < count < SMALLEST_CELL else count
