"""Creators: added by anybody, claimed by proof, edited and left by their owners only."""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from altavoz.core.ledger import actions as ledger
from altavoz.showcase import actions, directory, policies, queries
from altavoz.showcase.actions import creators
from altavoz.showcase.models import Creator, Ownership, Publication
from altavoz.showcase.states import State, StepRefusedError
from altavoz.showcase.tests.builders import a_channel, a_creator, an_account, an_entry

pytestmark = pytest.mark.django_db
EDIT = {
    "name": "Ana María",
    "about": "Escribo sobre Python en español.",
    "website": "https://ana.example.org/",
    "country": "CO",
}


def _published(creator: Creator, at: datetime) -> Publication:
    (pk,) = actions.gather([an_entry(a_channel(creator, at=at), at=at).pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    return Publication.objects.get(pk=pk)


def test_proving_makes_an_owner_once(at: datetime) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    for _ in range(2):
        actions.grant_ownership(creator=creator, account=account, method="rel_me", at=at)
    assert Ownership.objects.count() == 1
    assert list(queries.owned_by(account)) == [creator]
    assert creator.claimed_at == at


def test_losing_the_last_owner_leaves_a_creator_unclaimed(at: datetime) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    before = ledger.verify().count
    actions.grant_ownership(creator=creator, account=account, method="token", at=at)
    assert actions.end_ownership(creator=creator, account_id=account.pk, at=at)
    assert not actions.end_ownership(creator=creator, account_id=account.pk, at=at)
    creator.refresh_from_db()
    assert creator.claimed_at is None
    assert ledger.verify().count == before + 2


def test_only_an_owner_edits_a_creator(at: datetime) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    with pytest.raises(PermissionDenied):
        actions.edit_creator(creator=creator, **EDIT, by=account, at=at)
    actions.grant_ownership(creator=creator, account=account, method="token", at=at)
    edited = actions.edit_creator(creator=creator, **EDIT, by=account, at=at)
    assert (edited.name, edited.country, edited.about_language, edited.slug) == (
        "Ana María",
        "CO",
        "es",
        "ana-ruiz",
    )


def test_only_an_owner_withdraws_a_work_and_it_goes_everywhere(at: datetime) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    work = _published(creator, at)
    with pytest.raises(PermissionDenied):
        actions.withdraw(publication=work, by=account, at=at)
    actions.grant_ownership(creator=creator, account=account, method="token", at=at)
    actions.withdraw(publication=work, by=account, at=at)
    work.refresh_from_db()
    assert (work.state, work.published_revision) == (State.WITHDRAWN, None)
    assert queries.work(work.pk) is None
    with pytest.raises(StepRefusedError):
        actions.withdraw(publication=work, by=account, at=at)


def test_signed_out_people_own_nothing(at: datetime) -> None:
    creator = a_creator(at=at)
    assert not AnonymousUser().has_perm("showcase.edit_creator", creator)
    inactive = an_account(at=at, is_active=False)
    actions.grant_ownership(creator=creator, account=inactive, method="token", at=at)
    with pytest.raises(PermissionDenied):
        policies.demand("showcase.edit_creator", inactive, creator)


def test_a_catalogue_knows_people_by_name_however_it_is_spelt(at: datetime) -> None:
    first = creators.named({"José García", "Zoë"}, at=at)
    again = creators.named({"JOSE GARCIA", "zoe", "Nueva"}, at=at)
    assert {key: row.pk for key, row in again.items() if key in first} == {
        key: row.pk for key, row in first.items()
    }
    assert sorted(row.slug for row in again.values()) == ["josé-garcía", "nueva", "zoë"]


def test_a_name_never_credits_somebody_who_claimed_their_page(at: datetime) -> None:
    claimed = a_creator("Ana Ruiz", at=at)
    actions.grant_ownership(creator=claimed, account=an_account(at=at), method="token", at=at)
    namesake = creators.named({"Ana Ruiz"}, at=at)["ana ruiz"]
    assert namesake.pk != claimed.pk
    assert namesake.slug.startswith("ana-ruiz-")


def test_two_names_with_one_slug_get_two_addresses(at: datetime) -> None:
    made = creators.named({"C#", "C!"}, at=at)
    assert len({row.slug for row in made.values()}) == 2


def test_creators_are_listed_in_reading_order_page_by_page(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = an_account(at=at)
    for name in ("Beto", "Ana", "Carla"):
        actions.grant_ownership(creator=a_creator(name, at=at), account=account, method="token", at=at)
    a_creator("Nadie", at=at)  # nothing to see, and nobody claimed it
    first = queries.creators(limit=2)
    assert ([row.name for row in first.creators], first.cursor is not None) == (["Ana", "Beto"], True)
    second = queries.creators(after=first.cursor, limit=2)
    assert ([row.name for row in second.creators], second.cursor) == (["Carla"], None)
    for limit in (1, 3):
        with django_assert_num_queries(2):
            queries.creators(limit=limit)


def test_everybody_is_presented_equally_often(at: datetime) -> None:
    account = an_account(at=at)
    for name in ("Ana", "Beto", "Carla", "Dana"):
        actions.grant_ownership(creator=a_creator(name, at=at), account=account, method="token", at=at)
    shown = [creator.name for day in range(4) for creator in queries.spotlight((), day=day, limit=3)]
    assert {name: shown.count(name) for name in set(shown)} == {"Ana": 3, "Beto": 3, "Carla": 3, "Dana": 3}
    assert queries.spotlight(("ja",), day=1) == ()


def test_the_desk_shows_everything_whatever_its_state(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    creator = a_creator(at=at)
    source = a_channel(creator, at=at)
    for count in (1, 3):
        actions.gather([an_entry(source, f"{count}{n}", at=at).pk for n in range(count)], at=at)
        with django_assert_num_queries(2):
            rows = queries.desk([creator.pk])
    assert len(rows) == 4
    assert (
        queries.desk([creator.pk], before=rows[1].publication.pk, limit=1)[0].publication.pk
        == rows[2].publication.pk
    )


def test_a_change_in_review_is_told_from_what_is_shown(at: datetime) -> None:
    creator = a_creator(at=at)
    work = _published(creator, at)
    (row,) = queries.desk([creator.pk])
    assert not row.change_in_review
    revision = work.revisions.get()
    revision.pk, revision.number = None, 2
    revision.save(force_insert=True)
    Publication.objects.filter(pk=work.pk).update(newest=2)
    (row,) = queries.desk([creator.pk])
    assert row.change_in_review


def test_the_works_of_a_creator(at: datetime) -> None:
    creator = a_creator(at=at)
    work = _published(creator, at)
    (found,) = queries.spotlight(("es",), day=1)
    assert (found.name, found.visible_works, found.languages) == ("Ana Ruiz", 1, ("es",))
    (named,) = directory.creators(directory.Asked(name="ruiz an")).creators
    assert (named, named.topics) == (creator, ())
    assert directory.creators(directory.Asked(language="ja")).creators == ()
    assert directory.countries() == []
    assert queries.works_of(creator.pk) == [work.subject]
    assert queries.works_of(creator.pk, but=work.pk) == []
    assert queries.creator("ana-ruiz") == creator
    assert queries.creator("nadie") is None
