"""What pages and other rooms ask about moderation; every function loads all that its answer shows."""

from altavoz.moderation.queries.adoptions import adopted, adoptions
from altavoz.moderation.queries.authors import CaseView, cases_of, state_in_words
from altavoz.moderation.queries.conflicts import barred, is_barred
from altavoz.moderation.queries.desk import (
    Allegation,
    DeskCase,
    DeskState,
    HeldCase,
    SeenVote,
    case_for_desk,
    desk_state,
    votes_seen_by,
)
from altavoz.moderation.queries.policies import ClauseView, clauses_of, policy_current
from altavoz.moderation.queries.queue import candidates, has_free_slot, open_leases
from altavoz.moderation.queries.reasons import NoteView, Statement, statement_of_reasons
from altavoz.moderation.queries.teams import (
    Escalation,
    Light,
    PublicCount,
    QueueCount,
    escalated,
    public_counts,
    queue_counts,
    team_light,
)

__all__ = [
    "Allegation",
    "CaseView",
    "ClauseView",
    "DeskCase",
    "DeskState",
    "Escalation",
    "HeldCase",
    "Light",
    "NoteView",
    "PublicCount",
    "QueueCount",
    "SeenVote",
    "Statement",
    "adopted",
    "adoptions",
    "barred",
    "candidates",
    "case_for_desk",
    "cases_of",
    "clauses_of",
    "desk_state",
    "escalated",
    "has_free_slot",
    "is_barred",
    "open_leases",
    "policy_current",
    "public_counts",
    "queue_counts",
    "state_in_words",
    "statement_of_reasons",
    "team_light",
    "votes_seen_by",
]
