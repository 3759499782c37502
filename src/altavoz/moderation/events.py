"""What this room tells the others."""

from dataclasses import dataclass
from typing import ClassVar

from altavoz.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact):
    """A revision waits for review; `due_at` (ISO 8601) is the date to tell the author."""

    name: ClassVar[str] = "moderation.case_opened"
    case_id: int
    revision: int
    kind: str
    language: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Fact):
    """The votes reached an outcome: published, rejected or changes_requested (of a report: published = it stays)."""

    name: ClassVar[str] = "moderation.case_decided"
    case_id: int
    revision: int
    kind: str
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(Fact):
    """A vote was voided and the outcome no longer stands; `reopened` tells whether the case is voted on again."""

    name: ClassVar[str] = "moderation.decision_undone"
    case_id: int
    revision: int
    kind: str
    outcome: str
    reopened: bool


@dataclass(frozen=True, kw_only=True)
class CaseSuperseded(Fact):
    """A newer revision took the place of the one under review."""

    name: ClassVar[str] = "moderation.case_superseded"
    case_id: int
    revision: int
    kind: str
    by_revision: int


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Fact):
    """The case waits for the team's leads: somebody asked for help, or too few people may vote."""

    name: ClassVar[str] = "moderation.case_escalated"
    case_id: int
    revision: int
    kind: str
    language: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Fact):
    """The case ended without an outcome: there is nothing left to decide."""

    name: ClassVar[str] = "moderation.case_closed"
    case_id: int
    revision: int
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CatalogueAdopted(Fact):
    """Two leads vouch for a catalogue in one language; the subject is the catalogue."""

    name: ClassVar[str] = "moderation.catalogue_adopted"
    adoption_id: int
    language: str
    scope: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class AdoptionRevoked(Fact):
    """An adoption ended: what stood on it alone is hidden."""

    name: ClassVar[str] = "moderation.adoption_revoked"
    adoption_id: int
    language: str
    reason: str
