"""Where a work stands, what happens next and when, in words for its creator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.moderation import queries as moderation
from altavoz.moderation.queries import CaseView
from altavoz.moderation.states import Outcome, Status
from altavoz.showcase.queries import DeskWork
from altavoz.showcase.states import LIVING, State
from altavoz.web import formatting

_DECLINED = (Outcome.REJECTED.value, Outcome.CHANGES_REQUESTED.value)
_WORDS: Mapping[str, Promise] = {
    State.DRAFT: _("It waits for its turn: five works of each creator are reviewed at a time."),
    State.PENDING: _("Volunteers are about to look at it."),
    State.PUBLISHED: _("Everybody can see it. You need not do anything."),
    State.SUSPENDED: _("It is hidden while volunteers take another look."),
    State.REMOVED: _("The moderators took it off. It does not return by itself."),
    State.WITHDRAWN: _("You or its source took it away. It is shown nowhere."),
    Outcome.REJECTED: _("Read why. If you change it where it is published, people review the new version."),
    Outcome.CHANGES_REQUESTED: _("Read what to change. We notice the new version by ourselves."),
    Status.ESCALATED: _("The leads of the language team are looking for people who can decide."),
}
_WAITS = _("It waits for two people of the team for this language: %(language)s.")
_WAITS_LATE = _(
    "It waits for two people of the team for this language: %(language)s. The team has more to do than it can; "
    "we are looking for people."
)
_LANGUAGE_WANTED = _(
    "We could not tell its language, so no team can look at it. Say which language it is in."
)
_CHANGE_WAITS = _("Everybody sees the version approved before. The new one is being checked.")
_CHANGE_DECLINED = _("Everybody sees the version approved before. The new one was declined.")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A work on the desk."""

    pk: int
    title: str
    language: str
    spoken_language: str
    kind: str
    page: str  # where everybody sees it, or nothing
    state: str  # as the chip shows it
    words: str
    due_at: datetime | None
    has_reasons: bool
    wants_language: bool
    may_withdraw: bool


def standings(works: Sequence[DeskWork], at: datetime) -> list[Standing]:
    """Return where each work stands, by one question to the moderators' room."""
    cases = moderation.cases_of([work.publication.subject for work in works])
    return [standing(work, cases.get(work.publication.subject), at) for work in works]


def standing(work: DeskWork, case: CaseView | None, at: datetime) -> Standing:
    """Return where one work stands."""
    publication, newest = work.publication, work.revision
    shown = publication.published_revision
    declined = case is not None and case.outcome in _DECLINED and case.revision == newest.number
    open_ = case is not None and case.decided_at is None and case.state in {Status.OPEN, Status.ESCALATED}
    late = case is not None and case.due_at <= at
    return Standing(
        pk=publication.pk,
        title=newest.title,
        language=newest.metadata_language,
        spoken_language=newest.spoken_language,
        kind=newest.kind,
        page=shown.page if shown else "",
        state=_chip(publication.state, case.outcome if case and declined else ""),
        words=_words(work, case, declined=declined, open_=open_, late=late),
        due_at=case.due_at if case and case.state == Status.OPEN and not late else None,
        has_reasons=declined,
        wants_language=_wants_language(work),
        may_withdraw=publication.state in LIVING,
    )


def _chip(state: str, outcome: str) -> str:
    return outcome if outcome and state == State.DRAFT else state


def _wants_language(work: DeskWork) -> bool:
    undecided = work.publication.state in {State.DRAFT, State.PENDING}
    return undecided and work.publication.language == languages.UNKNOWN


def _words(work: DeskWork, case: CaseView | None, *, declined: bool, open_: bool, late: bool) -> str:
    state = State(work.publication.state)
    if state == State.PUBLISHED and (declined or open_):
        return str(_CHANGE_DECLINED if declined else _CHANGE_WAITS)
    if case is not None and state == State.DRAFT and declined:
        return str(_WORDS[Outcome(case.outcome)])
    if _wants_language(work):
        return str(_LANGUAGE_WANTED)
    if state != State.PENDING or case is None:
        return str(_WORDS[state])
    if case.state == Status.ESCALATED:
        return str(_WORDS[Status.ESCALATED])
    named = {"language": formatting.language_name(work.publication.language)}
    return str(_WAITS_LATE if late else _WAITS) % named
