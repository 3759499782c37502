"""People keep searches, and only theirs."""

from datetime import timedelta

import pytest
from conftest import NOW
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from altavoz.people import actions as people
from altavoz.people import records
from altavoz.people.models import Account
from altavoz.search import actions
from altavoz.search.models import SavedSearch
from altavoz.search.queries import saved_searches

pytestmark = pytest.mark.django_db


def person(name: str = "ana") -> Account:
    return people.create_account(email=f"{name}@example.org", name=name, language="es", at=NOW)


def save(account: Account, query: str, name: str = "Mía") -> SavedSearch:
    return actions.save_search(account=account, name=name, query=query, by=account, at=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_saved_searches_are_listed_latest_first(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana = person()
    for turn in range(count):
        at = NOW + timedelta(turn)
        actions.save_search(account=ana, name=f"n{turn}", query=f"?q={turn}", by=ana, at=at)
    save(person("otra"), "q=9")
    with django_assert_num_queries(1):
        found = [(row.name, row.query) for row in saved_searches(ana)]
    assert found == [(f"n{turn}", f"q={turn}") for turn in reversed(range(count))]


def test_saving_again_renames() -> None:
    ana = person()
    first = save(ana, "q=django", "Antes")
    assert save(ana, "?q=django", "  Después\x00 ").pk == first.pk
    assert [row.name for row in saved_searches(ana)] == ["Después"]
    assert save(ana, "q=flask", "").name == "q=flask"
    assert len(save(ana, "q=largo", "x" * 500).name) <= SavedSearch.LONGEST_NAME


@pytest.mark.parametrize("query", ["", " ? ", "q=\0", "q=" + "x" * 2000])
def test_what_is_no_search_is_refused(query: str) -> None:
    with pytest.raises(actions.SearchRefusedError):
        save(person(), query)


def test_only_the_person_themselves() -> None:
    ana, eva = person(), person("eva")
    kept = save(ana, "q=django")
    with pytest.raises(actions.SearchRefusedError):
        actions.save_search(account=ana, name="x", query="q=1", by=eva, at=NOW)
    with pytest.raises(actions.SearchRefusedError):
        actions.forget_search(search=kept, by=eva, at=NOW)
    actions.forget_search(search=kept, by=ana, at=NOW)
    actions.forget_search(search=kept, by=ana, at=NOW)
    assert saved_searches(ana) == []


def test_there_is_a_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SavedSearch, "MOST", 1)
    ana = person()
    save(ana, "q=1")
    save(ana, "q=1", "Otro nombre")
    with pytest.raises(actions.SearchRefusedError):
        save(ana, "q=2")


def test_the_database_keeps_each_once_and_complete() -> None:
    ana = person()
    row = {"account": ana, "name": "n", "query": "q=1", "created_at": NOW}
    SavedSearch.objects.create(**row)
    for wrong in ({}, {"name": "", "query": "q=2"}, {"query": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.create(**(row | wrong))


def test_what_is_kept_about_a_person_is_given_out_and_forgotten() -> None:
    ana = person()
    save(ana, "q=django", "Django")
    room = records.rooms()["search.saved"]
    assert room.export(ana.pk) == [{"name": "Django", "query": "q=django", "created_at": NOW.isoformat()}]
    room.erase(ana.pk, NOW)
    assert room.export(ana.pk) == []
