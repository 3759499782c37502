"""The statement of reasons: what an author is told about a decision, built from parts in their language."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from altavoz.core import languages, subjects
from altavoz.core.subjects import Description
from altavoz.core.text import isolate
from altavoz.moderation.models import Case, Vote
from altavoz.moderation.queries.policies import ClauseView, clauses_of
from altavoz.moderation.states import Kind, Outcome, quorum
from altavoz.people.models import Account


@dataclass(frozen=True)
class NoteView:
    """What a reviewer wrote to the author, in the language they wrote it in."""

    text: str
    language: str
    language_name: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A decision explained; every string is in `language`, the notes apart."""

    case_id: int
    subject: str
    revision: int
    outcome: str
    language: str
    direction: str
    title: str
    page: str
    what: str
    since: str
    decided_at: datetime
    facts: tuple[str, ...]
    clauses: tuple[ClauseView, ...]
    guidelines: str
    automated: str
    decided_by: str
    notes: tuple[NoteView, ...]
    resubmit: str


def statement_of_reasons(case: Case, *, language: str = "") -> Statement | None:
    """Return why a case was decided as it was, in the author's language (or `language`); None while undecided.

    Never who decided or reported.
    """
    if case.decided_at is None:
        return None
    spoken = language or language_of_author(case)
    with translation.override(spoken):
        return _statement(case, case.decided_at, spoken)


def language_of_author(case: Case) -> str:
    """Return the interface language of the work's first owner, or the one nearest to the work's own."""
    owners = Account.objects.filter(pk__in=subjects.authors(case.subject), is_active=True).order_by("pk")
    if owner := owners.first():
        return owner.language
    near = (
        code for code, _name in settings.LANGUAGES if code.partition("-")[0] == languages.base(case.language)
    )
    return next(near, settings.LANGUAGE_CODE)


def _statement(case: Case, decided_at: datetime, language: str) -> Statement:
    outcome = Outcome(case.outcome)
    votes = [vote for vote in case.votes.order_by("pk") if vote.voided_at is None]
    speaking = [vote for vote in votes if vote.verdict in quorum.SPEAK_FOR[outcome]]
    codes = {code for vote in speaking for code in vote.clauses}
    work = subjects.describe(case.subject, case.revision)
    return Statement(
        case_id=case.pk,
        subject=case.subject,
        revision=case.revision,
        outcome=outcome,
        language=language,
        direction=languages.direction(language),
        title=work.title if work else "",
        page=work.page if work else "",
        what=_what(Kind(case.kind), outcome, work),
        since=_("In effect since %(date)s.") % {"date": _date(decided_at)},
        decided_at=decided_at,
        facts=_facts(case, len(votes)),
        clauses=clauses_of(case.policy, codes),
        guidelines=case.policy.pinned_url,
        automated=_("People decided this. No part of the decision was automated."),
        decided_by=_decided_by(case, len(votes)),
        notes=tuple(_note(vote) for vote in speaking if vote.note),
        resubmit=_resubmit(outcome, work),
    )


def _date(moment: datetime) -> str:
    return formats.date_format(moment, "DATE_FORMAT")


def _what(kind: Kind, outcome: Outcome, work: Description | None) -> str:
    if work is None:
        return _what_of_one_gone(kind, outcome)
    title = {"title": isolate(work.title)}
    if outcome == Outcome.PUBLISHED:
        return _("“%(title)s” was approved and may be shown on Altavoz.") % title
    if outcome == Outcome.CHANGES_REQUESTED:
        return _("“%(title)s” needs changes before it can be shown on Altavoz.") % title
    if kind == Kind.CHANGE:
        return (
            _("The new version of “%(title)s” was declined; the version approved before stays visible.")
            % title
        )
    if kind == Kind.REPORT:
        return _("“%(title)s” was taken off Altavoz after a report.") % title
    return _("“%(title)s” was declined and is not shown on Altavoz.") % title


def _what_of_one_gone(kind: Kind, outcome: Outcome) -> str:
    if outcome == Outcome.PUBLISHED:
        return _("Your work was approved and may be shown on Altavoz.")
    if outcome == Outcome.CHANGES_REQUESTED:
        return _("Your work needs changes before it can be shown on Altavoz.")
    if kind == Kind.CHANGE:
        return _("The new version of your work was declined; the version approved before stays visible.")
    if kind == Kind.REPORT:
        return _("Your work was taken off Altavoz after a report.")
    return _("Your work was declined and is not shown on Altavoz.")


def _facts(case: Case, votes: int) -> tuple[str, ...]:
    arrived = _("Version %(number)s reached us on %(date)s.") % {
        "number": case.revision, "date": _date(case.arrived_at),
    }  # fmt: skip
    looked = ngettext(
        "%(count)s person looked at it without knowing any other opinion.",
        "%(count)s people looked at it, each without knowing the others' opinion.",
        votes,
    ) % {"count": votes}
    reported = [_("Somebody reported the work; who it was is known to nobody who decided.")]
    return (arrived, looked, *(reported if case.kind == Kind.REPORT else []))


def _decided_by(case: Case, votes: int) -> str:
    return ngettext(
        "%(count)s member of the %(language)s team", "%(count)s members of the %(language)s team", votes
    ) % {"count": votes, "language": languages.autonym(case.language)}


def _resubmit(outcome: Outcome, work: Description | None) -> str:
    if outcome == Outcome.PUBLISHED:
        return ""
    if work is not None and work.again:
        return work.again
    return _(
        "Change the work where it is published. We notice the new version by ourselves and people review it again."
    )


def _note(vote: Vote) -> NoteView:
    name = languages.autonym(vote.note_language)
    return NoteView(vote.note, vote.note_language, name, languages.direction(vote.note_language))
