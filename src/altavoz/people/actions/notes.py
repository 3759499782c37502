"""How this room writes to the ledger: never who it is about in the public part, so that pseudonyms stay unlinked."""

from datetime import datetime
from typing import Any

from altavoz.core.ledger import actions as ledger
from altavoz.core.subjects import subject_of
from altavoz.people.models import Account, Affiliation, Team


def subject(thing: Account | Team | Affiliation) -> str:
    """Return how other rooms name an account, a team or an affiliation."""
    return subject_of(f"people.{type(thing).__name__.lower()}", thing.pk)


def note_person(what: str, *, account: Account, by: Account | None, at: datetime, **public: Any) -> None:
    """Write down what happened to one person's account; the account is named in the private part alone."""
    ledger.append(
        f"people.{what}", subject="people.account", by=by.pk if by else None, public=public,
        private={"account": account.pk}, at=at,
    )  # fmt: skip


def note_team(
    what: str, *, team: Team, account: Account | None, by: Account | None, at: datetime, **public: str
) -> None:
    """Write down what happened to a team; the member is named in the private part alone."""
    ledger.append(
        f"people.{what}", subject=subject(team), by=by.pk if by else None,
        public={"language": team.language, "kind": team.kind} | public,
        private={"account": account.pk} if account else None, at=at,
    )  # fmt: skip


def note_affiliation(what: str, *, affiliation: Affiliation, by: Account | None, at: datetime) -> None:
    """Write down that people became or ceased to be affiliated; who they are is private."""
    pair = {"one": affiliation.one_id, "other": affiliation.other_id}
    ledger.append(
        f"people.{what}", subject=subject(affiliation), by=by.pk if by else None,
        public={"basis": affiliation.basis}, private=pair | {"reason": affiliation.reason}, at=at,
    )  # fmt: skip
