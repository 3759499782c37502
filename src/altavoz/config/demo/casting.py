"""The people of the demonstration: who they are, which teams they are in, how to become one of them."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from altavoz.people import actions as people
from altavoz.people import links as sign_in
from altavoz.people.models import Account

_FILE = Path(__file__).parent / "people.toml"


def persons() -> list[dict[str, Any]]:
    """Return the people as they are written down."""
    found: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["person"]
    return found


def assemble(*, at: datetime) -> dict[str, Account]:
    """Return every person's account by key; those that are missing are made, with their teams and languages."""
    return {raw["key"]: _account(raw, at) for raw in persons()}


@transaction.atomic
def _account(raw: dict[str, Any], at: datetime) -> Account:
    email = f"{raw['key']}@demo.example"
    known = Account.objects.filter(email=email).first()
    if known is not None:
        return known
    account = people.create_account(email=email, name=raw["name"], language=raw["language"], at=at)
    if raw.get("operator"):
        account.is_staff = account.is_superuser = True
        account.save(update_fields=["is_staff", "is_superuser"])
    spoken = {account.language[:2]}
    for told in raw.get("teams", ()):
        kind, language, role = told.split()
        spoken.add(language)
        team = people.open_team(language=language, kind=kind, by=None, at=at)
        people.join_team(account=account, team=team, role=role, by=None, at=at)
    spoken |= set(raw.get("writes", ()))
    reads = sorted(spoken)
    people.change_profile(account=account, by=account, at=at, reads=reads, writes=reads)
    return account


def owner_of(channel: str, cast: dict[str, Account]) -> Account | None:
    """Return who owns a channel, if anybody in the cast does."""
    return next((cast[raw["key"]] for raw in persons() if raw.get("owns") == channel), None)


def links(cast: dict[str, Account], *, at: datetime) -> list[str]:
    """Return a line for each role that is shown: what it is, and the link that signs in."""
    shown = [raw for raw in persons() if raw.get("show")]
    width = max(len(raw["show"]) for raw in shown)
    return [f"{raw['show']:<{width}}  {_link(cast[raw['key']], raw, at)}" for raw in shown]


def _link(account: Account, raw: dict[str, Any], at: datetime) -> str:
    return sign_in.sign_in_link(account, at=at, then=raw.get("begins", ""))
