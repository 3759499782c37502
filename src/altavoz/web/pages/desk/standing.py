"""Where a work stands, what happens next and when, in words for its creator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.moderation import queries as moderation
from altavoz.moderation.queries import CaseView
from altavoz.moderation.states import Outcome, Status
from altavoz.showcase.queries import DeskWork
from altavoz.showcase.states import State

_DECLINED = (Outcome.REJECTED.value, Outcome.CHANGES_REQUESTED.value)
_WORDS: dict[str, Promise] = {
    State.DRAFT: _("It waits for its turn: a few works of each creator are reviewed at a time."),
    State.PENDING: _("Two volunteers of its language look at it, without knowing of each other."),
    State.PUBLISHED: _("Everybody can see it. You need not do anything."),
    State.SUSPENDED: _("It is hidden while volunteers take another look."),
    State.REMOVED: _("The moderators took it off. It does not return by itself."),
    State.WITHDRAWN: _("You or its source took it away. It is shown nowhere."),
    Outcome.REJECTED: _("Read why. If you change it where it is published, people review the new version."),
    Outcome.CHANGES_REQUESTED: _("Read what to change. We notice the new version by ourselves."),
    Status.ESCALATED: _("The leads of the language team are looking for people who can decide."),
}
_CHANGE_WAITS = _("Everybody sees the version approved before. The new one is being checked.")
_CHANGE_DECLINED = _("Everybody sees the version approved before. The new one was declined.")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A work on the desk."""

    pk: int
    title: str
    language: str
    kind: str
    page: str  # where everybody sees it, or nothing
    state: str  # as the chip shows it
    words: Promise
    due_at: datetime | None
    has_reasons: bool
    may_withdraw: bool


def standings(works: Sequence[DeskWork]) -> list[Standing]:
    """Return where each work stands, by one question to the moderators' room."""
    cases = moderation.cases_of([work.publication.subject for work in works])
    return [standing(work, cases.get(work.publication.subject)) for work in works]


def standing(work: DeskWork, case: CaseView | None) -> Standing:
    """Return where one work stands."""
    publication, newest = work.publication, work.revision
    shown = publication.published_revision
    declined = case is not None and case.outcome in _DECLINED and case.revision == newest.number
    open_ = case is not None and case.decided_at is None and case.state in {Status.OPEN, Status.ESCALATED}
    return Standing(
        pk=publication.pk,
        title=newest.title,
        language=newest.metadata_language,
        kind=newest.kind,
        page=shown.page if shown else "",
        state=_chip(publication.state, case.outcome if case and declined else ""),
        words=_words(publication.state, case, declined=declined, open_=open_),
        due_at=case.due_at if case and open_ else None,
        has_reasons=declined,
        may_withdraw=publication.state not in {State.REMOVED, State.WITHDRAWN},
    )


def _chip(state: str, outcome: str) -> str:
    return outcome if outcome and state == State.DRAFT else state


def _words(state: str, case: CaseView | None, *, declined: bool, open_: bool) -> Promise:
    if state == State.PUBLISHED and declined:
        return _CHANGE_DECLINED
    if state == State.PUBLISHED and open_:
        return _CHANGE_WAITS
    if case is not None and state == State.DRAFT and declined:
        return _WORDS[Outcome(case.outcome)]
    if case is not None and state == State.PENDING and case.state == Status.ESCALATED:
        return _WORDS[Status.ESCALATED]
    return _WORDS[State(state)]
