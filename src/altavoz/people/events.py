"""What this room tells the others."""

from dataclasses import dataclass
from typing import ClassVar

from altavoz.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AccountErased(Fact):
    """A person left and was forgotten; the subject is the account."""

    name: ClassVar[str] = "people.account_erased"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(Fact):
    """A person agreed to something, or agrees no longer; the subject is the account."""

    name: ClassVar[str] = "people.consent_changed"
    account_id: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Fact):
    """A person joined a team; the subject is the team."""

    name: ClassVar[str] = "people.member_joined"
    account_id: int
    language: str
    kind: str
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Fact):
    """A member's role in a team changed; the subject is the team."""

    name: ClassVar[str] = "people.role_changed"
    account_id: int
    language: str
    kind: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Fact):
    """A person left a team; the subject is the team."""

    name: ClassVar[str] = "people.member_left"
    account_id: int
    language: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class AffiliationDeclared(Fact):
    """Two people became known as too close to judge each other; the subject is the affiliation."""

    name: ClassVar[str] = "people.affiliation_declared"
    one_id: int
    other_id: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class AffiliationEnded(Fact):
    """One ground of closeness ended; others may remain. The subject is the affiliation."""

    name: ClassVar[str] = "people.affiliation_ended"
    one_id: int
    other_id: int
    basis: str
