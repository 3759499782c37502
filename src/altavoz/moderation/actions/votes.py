"""Voting: blind, once, with a clause for every objection."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from altavoz.core import languages
from altavoz.moderation import queries
from altavoz.moderation.actions.claims import require_fit, require_open
from altavoz.moderation.actions.locks import hold_lease
from altavoz.moderation.actions.writing import end_leases, step, write
from altavoz.moderation.models import Case, Clause, Ended, Lease, Vote
from altavoz.moderation.models.vote import OBJECTIONS
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import CastVote, Code, Verdict
from altavoz.people.models import Account

_LONGEST_NOTE: Final = 2_000


@dataclass(frozen=True)
class _Said:
    """A vote as it was asked for."""

    verdict: Verdict
    clauses: tuple[str, ...]
    note: str
    note_language: str


@transaction.atomic
def vote(
    *,
    token: UUID | str,
    by: Account,
    verdict: str,
    at: datetime,
    clauses: Collection[str] = (),
    note: str = "",
    note_language: str = "",
) -> Vote:
    """Cast the person's vote on the case their lease is for.

    In this order: the vote is stored; votes of people who have come too close to the author since stop counting;
    the rules may decide, with `moderation.case_decided` or `moderation.case_escalated` recorded; the lease ends.
    The same vote sent twice (a double click) is returned unchanged. A note is shown to the author with its
    language. Raises Refused: lease_unknown, lease_ended, lease_expired, not_permitted, conflict, already_voted,
    clause_missing, clause_unknown, clause_unwanted, note_too_long, or why the case is no longer open. ValueError
    for a verdict that does not exist.
    """
    said = _Said(
        Verdict(verdict), tuple(dict.fromkeys(clauses)), note.strip(), languages.normalise(note_language)
    )
    lease = hold_lease(token, by)
    if (before := Vote.objects.filter(lease=lease).first()) is not None:
        return _same(before, said)
    require_open(lease)
    if lease.expires_at <= at:
        raise Refused(Code.LEASE_EXPIRED)
    require_fit(lease)
    _require_reasons(lease.case, said)
    return _count(lease, said, at)


def _same(before: Vote, said: _Said) -> Vote:
    if before.verdict != said.verdict:
        raise Refused(Code.ALREADY_VOTED)
    return before


def _require_reasons(case: Case, said: _Said) -> None:
    """Every objection names a clause of the version the case was opened under; an approval names none."""
    if said.verdict in OBJECTIONS and not said.clauses:
        raise Refused(Code.CLAUSE_MISSING)
    if said.verdict == Verdict.APPROVE and said.clauses:
        raise Refused(Code.CLAUSE_UNWANTED)
    known = Clause.objects.filter(policy=case.policy_id, code__in=said.clauses)
    if known.count() != len(said.clauses):
        raise Refused(Code.CLAUSE_UNKNOWN)
    if len(said.note) > _LONGEST_NOTE:
        raise Refused(Code.NOTE_TOO_LONG)


def _count(lease: Lease, said: _Said, at: datetime) -> Vote:
    case, by = lease.case, lease.moderator
    state = case.as_state()
    close = queries.barred(case.subject) & {ballot.voter for ballot in state.ballots}
    command = CastVote(by.pk, said.verdict, case.revision, conflicted=frozenset(close))
    after, happened = step(state, command)
    cast = Vote.objects.create(
        case=case, moderator=by, lease=lease, verdict=said.verdict, clauses=list(said.clauses), note=said.note,
        note_language=said.note_language if said.note else "", at=at,
    )  # fmt: skip
    end_leases(case, because=Ended.VOTED, at=at, of=by)
    write(case, after, happened, by=by, at=at)
    return cast
