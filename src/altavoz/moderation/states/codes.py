"""Why something was refused: stable codes, put into words in `moderation.refusals`."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """A reason to refuse; web and API may rely on it."""

    # the case moved on
    CASE_DECIDED = "case_decided"
    CASE_SUPERSEDED = "case_superseded"
    CASE_CLOSED = "case_closed"
    CASE_ESCALATED = "case_escalated"
    CASE_OPEN = "case_open"
    WRONG_REVISION = "wrong_revision"
    NOT_NEWER = "not_newer"
    KIND_NOT_YET = "kind_not_yet"
    UNKNOWN_SUBJECT = "unknown_subject"
    # the person
    NOT_PERMITTED = "not_permitted"
    CONFLICT = "conflict"
    # the lease
    LEASE_UNKNOWN = "lease_unknown"
    LEASE_EXPIRED = "lease_expired"
    LEASE_AT_CAP = "lease_at_cap"
    LEASE_ENDED = "lease_ended"
    TOO_MANY_LEASES = "too_many_leases"
    TOO_MANY_SKIPS = "too_many_skips"
    # the vote
    ALREADY_VOTED = "already_voted"
    NO_VOTE = "no_vote"
    CLAUSE_MISSING = "clause_missing"
    CLAUSE_UNKNOWN = "clause_unknown"
    CLAUSE_UNWANTED = "clause_unwanted"
    NOTE_TOO_LONG = "note_too_long"
    # adoptions and policy
    SAME_LEAD = "same_lead"
    ALREADY_ADOPTED = "already_adopted"
    NOT_PROPOSED = "not_proposed"
    ALREADY_REVOKED = "already_revoked"
    SCOPE_MISSING = "scope_missing"
    NO_POLICY = "no_policy"
    # reports
    ALREADY_REPORTED = "already_reported"
    REPORT_ANSWERED = "report_answered"
    REPORT_LINK_OLD = "report_link_old"
    TOO_MANY_REPORTS = "too_many_reports"


@dataclass(frozen=True)
class Refusal:
    """A command that was not carried out; nothing changed."""

    code: Code
