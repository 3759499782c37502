"""What the database refuses, whoever asks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from altavoz.people import actions
from altavoz.people.models import Account, Affiliation, Consent, Membership, Profile, Team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=1)


@pytest.fixture
def ana() -> Account:
    return actions.create_account(email="ana@example.org", name="Ana", language="es", at=NOW)


@pytest.fixture
def bo() -> Account:
    return actions.create_account(email="bo@example.org", name="Bo", language="en", at=NOW)


@pytest.fixture
def team() -> Team:
    return actions.open_team(language="es", kind="moderation", by=None, at=NOW)


def refused(constraint: str, make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make()


def test_one_account_per_address(ana: Account) -> None:
    refused("email", lambda: Account.objects.create(email=ana.email, date_joined=NOW))


def test_one_code_per_account(ana: Account) -> None:
    refused(
        "public_id",
        lambda: Account.objects.create(email="x@example.org", date_joined=NOW, public_id=ana.public_id),
    )


def test_an_erased_account_says_nothing() -> None:
    refused(
        "people_account_erased_is_empty",
        lambda: Account.objects.create(email="x@example.org", date_joined=NOW, erased_at=NOW, name="X"),
    )


def test_a_profile_has_a_country_code(ana: Account) -> None:
    refused("people_profile_country", lambda: Profile.objects.filter(account=ana).update(country="es"))


def test_a_profile_has_a_time_zone(ana: Account) -> None:
    refused("people_profile_time_zone", lambda: Profile.objects.filter(account=ana).update(time_zone=""))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("reads", ["es", "xx-nonsense"], "item_invalid"),
        ("writes", ["und"], "item_invalid"),
        ("reads", ["ES"], "item_invalid"),
        ("country", "ZZ", "country"),
        ("country", "EU", "country"),
        ("time_zone", "Mars/Olympus", "time_zone"),
        ("time_zone", "Etc/GMT+3", "time_zone"),
    ],
)
def test_a_profile_is_about_this_world(ana: Account, field: str, value: object, code: str) -> None:
    profile = Profile(account=ana, **{field: value})
    with pytest.raises(ValidationError) as refusal:
        profile.clean_fields()
    assert {key: error[0].code for key, error in refusal.value.error_dict.items()} == {field: code}


def test_a_real_profile_is_accepted(ana: Account) -> None:
    Profile(
        account=ana,
        reads=["es", "pt-BR", "zh-Hant"],
        writes=["gl"],
        country="MX",
        time_zone="America/Mexico_City",
    ).clean_fields()


def test_one_team_per_language_and_kind(team: Team) -> None:
    refused("people_team_once", lambda: Team.objects.create(language=team.language, kind=team.kind))


def test_teams_do_what_we_know() -> None:
    refused("people_team_kind", lambda: Team.objects.create(language="es", kind="knitting"))


def test_one_open_membership_per_team_and_person(ana: Account, team: Team) -> None:
    Membership.objects.create(team=team, account=ana, role="member", joined_at=EARLIER, left_at=NOW)
    Membership.objects.create(team=team, account=ana, role="member", joined_at=NOW)
    refused(
        "people_membership_one_open",
        lambda: Membership.objects.create(team=team, account=ana, role="lead", joined_at=NOW),
    )


def test_members_have_a_role_we_know(ana: Account, team: Team) -> None:
    refused(
        "people_membership_role",
        lambda: Membership.objects.create(team=team, account=ana, role="king", joined_at=NOW),
    )


def test_nobody_leaves_before_joining(ana: Account, team: Team) -> None:
    refused(
        "people_membership_times",
        lambda: Membership.objects.create(
            team=team, account=ana, role="member", joined_at=NOW, left_at=EARLIER
        ),
    )


def affiliation(one: Account, other: Account, **fields: object) -> Affiliation:
    known: dict[str, object] = {"basis": "declared", "declared_by": one, "reason": "friend", "since": NOW}
    return Affiliation.objects.create(**(known | {"one": one, "other": other} | fields))


def test_an_affiliation_is_written_in_one_order(ana: Account, bo: Account) -> None:
    refused("people_affiliation_order", lambda: affiliation(bo, ana))


def test_nobody_is_affiliated_with_themselves(ana: Account) -> None:
    refused("people_affiliation_order", lambda: affiliation(ana, ana))


def test_each_of_the_two_declares_once(ana: Account, bo: Account) -> None:
    affiliation(ana, bo, ended_at=NOW)
    affiliation(ana, bo)
    affiliation(ana, bo, declared_by=bo)
    refused("people_affiliation_one_declared", lambda: affiliation(ana, bo))


def test_each_reason_is_derived_once(ana: Account, bo: Account) -> None:
    derived = {"basis": "derived", "declared_by": None, "reason": "showcase.creator:5"}
    affiliation(ana, bo, **derived)
    affiliation(ana, bo, **(derived | {"reason": "showcase.creator:6"}))
    refused("people_affiliation_one_derived", lambda: affiliation(ana, bo, **derived))


def test_only_one_of_the_two_declares(ana: Account, bo: Account) -> None:
    third = actions.create_account(email="third@example.org", name="T", language="fr", at=NOW)
    refused("people_affiliation_basis", lambda: affiliation(ana, bo, declared_by=third))


def test_a_declaration_has_somebody_who_made_it(ana: Account, bo: Account) -> None:
    refused("people_affiliation_basis", lambda: affiliation(ana, bo, declared_by=None))


def test_a_derived_affiliation_was_declared_by_nobody(ana: Account, bo: Account) -> None:
    refused("people_affiliation_basis", lambda: affiliation(ana, bo, basis="derived"))


def test_an_affiliation_ends_after_it_began(ana: Account, bo: Account) -> None:
    refused("people_affiliation_times", lambda: affiliation(ana, bo, ended_at=EARLIER))


def test_one_standing_consent_per_purpose(ana: Account) -> None:
    Consent.objects.create(account=ana, purpose="team_page", given_at=EARLIER, withdrawn_at=NOW)
    Consent.objects.create(account=ana, purpose="team_page", given_at=NOW)
    refused(
        "people_consent_one_open",
        lambda: Consent.objects.create(account=ana, purpose="team_page", given_at=NOW),
    )


def test_consent_is_withdrawn_after_it_was_given(ana: Account) -> None:
    refused(
        "people_consent_times",
        lambda: Consent.objects.create(account=ana, purpose="team_page", given_at=NOW, withdrawn_at=EARLIER),
    )


def test_names_of_people_and_teams(ana: Account, team: Team) -> None:
    with translation.override("en"):
        names = [str(ana), str(Account()), str(Account(erased_at=NOW)), str(team)]
    assert names == ["Ana", "Somebody without a name", "Erased person", "Moderation in Español"]


def test_no_account_ever_has_a_password(ana: Account) -> None:
    ana.set_password("correct horse")
    assert (ana.has_usable_password(), ana.check_password("correct horse")) == (False, False)


def test_an_operator_is_made_without_a_password() -> None:
    boss = Account.objects.create_superuser("boss@example.org", password="ignored")
    assert (boss.name, boss.is_staff, boss.is_superuser, boss.has_usable_password()) == (
        "boss",
        True,
        True,
        False,
    )
    assert Profile.objects.filter(account=boss).exists()
