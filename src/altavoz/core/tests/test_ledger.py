"""The ledger: append-only, verifiable from end to end, also after a person was forgotten."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from altavoz.core.ledger import actions as ledger
from altavoz.core.ledger import chain
from altavoz.core.models import Entry, PrivatePart, Pseudonym

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _from_the_beginning(db: None) -> None:
    """Start with no entry at all: other rooms may have written some when the tables were made."""
    del db
    _tamper("TRUNCATE core_ledger_private, core_ledger_entry")


def _write(at: datetime, count: int = 3) -> list[Entry]:
    return [
        ledger.append(
            "tests.counted",
            subject=f"tests.bell:{number}",
            by=7,
            public={"number": number, "ñ": "日本語"},
            private={"note": f"secret {number}"},
            at=at + timedelta(seconds=number),
        )
        for number in range(1, count + 1)
    ]


def _tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_ledger_entry DISABLE TRIGGER core_ledger_append_only")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE core_ledger_entry ENABLE TRIGGER core_ledger_append_only")


def test_an_untouched_chain_verifies(at: datetime) -> None:
    entries = _write(at)
    assert ledger.verify() == chain.Verified(3, entries[-1].hash)


def test_an_empty_chain_verifies() -> None:
    assert ledger.verify() == chain.Verified(0, chain.GENESIS)


@pytest.mark.parametrize(
    ("sql", "bad", "reason"),
    [
        (
            "UPDATE core_ledger_entry SET public = '{\"number\": 9}' WHERE seq = 2",
            2,
            "its content was altered",
        ),
        ("UPDATE core_ledger_entry SET at = at + interval '1 s' WHERE seq = 3", 3, "its content was altered"),
        ("UPDATE core_ledger_entry SET actor = 'someone' WHERE seq = 1", 1, "its content was altered"),
        (
            "DELETE FROM core_ledger_private WHERE entry_id = 2; DELETE FROM core_ledger_entry WHERE seq = 2",
            3,
            "entry 2 is missing",
        ),
        (
            "UPDATE core_ledger_entry SET prev = repeat('a', 64) WHERE seq = 2",
            2,
            "it does not point to the entry before it",
        ),
        (
            'UPDATE core_ledger_private SET body = \'{"note": "x"}\' WHERE entry_id = 2',
            2,
            "its private part was altered",
        ),
    ],
)
def test_tampering_is_named_by_its_first_row(at: datetime, sql: str, bad: int, reason: str) -> None:
    _write(at)
    _tamper(sql)
    found = ledger.verify()
    assert (found.first_bad, found.reason) == (bad, reason)


@pytest.mark.parametrize("sql", ["UPDATE core_ledger_entry SET actor = ''", "DELETE FROM core_ledger_entry"])
def test_the_database_refuses_changes(at: datetime, sql: str) -> None:
    ledger.append("tests.counted", subject="tests.bell:1", by=None, public={}, at=at)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_forgetting_a_person_keeps_the_chain_and_loses_the_way_back(at: datetime) -> None:
    entries = _write(at)
    before = ledger.pseudonym(7)
    ledger.forget_account(7)
    assert ledger.verify() == chain.Verified(3, entries[-1].hash)
    assert (PrivatePart.objects.count(), Pseudonym.objects.count()) == (0, 0)
    assert ledger.pseudonym(7) != before


def test_the_same_person_acts_under_the_same_pseudonym(at: datetime) -> None:
    first, second, _third = _write(at)
    assert first.actor == second.actor == ledger.pseudonym(7)
    assert ledger.pseudonym(8) != first.actor


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused(at: datetime) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        ledger.append("tests.counted", subject="tests.bell:1", by=None, public={}, at=at)


def test_rows_name_themselves_and_nothing_private(at: datetime) -> None:
    (entry,) = _write(at, 1)
    assert (str(entry), str(entry.private), str(Pseudonym.objects.get())) == (
        "1 tests.counted",
        f"private part of {entry.pk}",
        entry.actor,
    )
