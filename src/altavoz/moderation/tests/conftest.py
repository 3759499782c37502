"""What the tests of moderation ask for: toy works, people in teams, open cases, votes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from altavoz.core import subjects
from altavoz.moderation import actions
from altavoz.moderation.models import Case, Lease, Vote
from altavoz.moderation.tests.toys import LABEL, Toys
from altavoz.people import actions as people
from altavoz.people.models import Account

Person = Callable[..., Account]
Team = Callable[..., list[Account]]
OpenCase = Callable[..., Case]
Take = Callable[..., Lease]
Cast = Callable[..., Vote]


@pytest.fixture
def toys() -> Iterator[Toys]:
    kind = Toys()
    subjects.register(kind)
    yield kind
    subjects._kinds.pop(LABEL)


@pytest.fixture
def person(at: datetime) -> Person:
    numbers = count(1)

    def make(language: str = "es", name: str = "") -> Account:
        number = next(numbers)
        name = name or f"Secret Name {number}"
        return people.create_account(email=f"secret{number}@example.org", name=name, language=language, at=at)

    return make


@pytest.fixture
def team(person: Person, at: datetime) -> Team:
    def make(
        size: int, *, language: str = "es", role: str = "member", kind: str = "moderation"
    ) -> list[Account]:
        opened = people.open_team(language=language, kind=kind, by=None, at=at)
        members = [person() for _ in range(size)]
        for account in members:
            people.join_team(account=account, team=opened, role=role, by=None, at=at)
        return members

    return make


@pytest.fixture
def open_case(toys: Toys, at: datetime) -> OpenCase:
    def make(pk: int = 1, *owners: int, revision: int = 1, **options: Any) -> Case:
        fields = options.pop("fields", {})
        subject = toys.add(pk, *owners, revision=revision, **fields)
        asked: dict[str, Any] = {"kind": "intake", "language": "es", "at": at} | options
        return actions.open_case(subject=subject, revision=revision, **asked)

    return make


@pytest.fixture
def take(at: datetime) -> Take:
    def make(by: Account, *, at: datetime = at) -> Lease:
        lease = actions.claim(by=by, at=at)
        assert lease is not None
        return lease

    return make


@pytest.fixture
def cast(take: Take, at: datetime) -> Cast:
    def make(by: Account, verdict: str, *clauses: str, at: datetime = at, **said: Any) -> Vote:
        lease = take(by, at=at)
        named = clauses or (("spam",) if verdict in {"reject", "changes"} else ())
        return actions.vote(token=lease.token, by=by, verdict=verdict, clauses=named, at=at, **said)

    return make
