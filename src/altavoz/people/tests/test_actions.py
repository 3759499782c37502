"""What people, teams and affiliations become, and who may not touch them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from altavoz.core.ledger import actions as ledger
from altavoz.core.ledger.models import Entry
from altavoz.core.models import Event
from altavoz.people import actions, queries
from altavoz.people.models import Account, Affiliation, Consent, Membership, Profile, Team
from altavoz.people.tests.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def ledger_types() -> list[str]:
    return list(
        Entry.objects.filter(type__startswith="people.").order_by("seq").values_list("type", flat=True)
    )


def facts() -> list[tuple[str, dict[str, Any]]]:
    return list(Event.objects.order_by("pk").values_list("name", "body"))


def test_an_account_starts_with_a_profile_and_a_note(ana: Account) -> None:
    assert (ana.email, ana.name, ana.language, ana.date_joined) == ("ana@example.org", "Ana", "es", NOW)
    profile = Profile.objects.get(account=ana)
    assert (profile.reads, profile.writes, profile.country, profile.time_zone) == (["es"], [], "", "UTC")
    assert ledger_types() == ["people.account_created"]


def test_an_unknown_interface_language_becomes_the_sites() -> None:
    account = actions.create_account(email="x@example.org", name="X", language="tlh", at=NOW)
    assert account.language == "es"


def test_the_address_is_written_small_and_the_name_cleaned() -> None:
    account = actions.create_account(email="X.Y@Example.ORG", name="X\u200b  Y\n", language="fr", at=NOW)
    assert (account.email, account.name) == ("x.y@example.org", "X Y")


def test_no_two_accounts_with_one_address(ana: Account) -> None:
    with pytest.raises((IntegrityError, ValidationError)):
        actions.create_account(email=ana.email.upper(), name="Other", language="es", at=NOW)


def test_an_impossible_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        actions.create_account(email="nonsense", name="X", language="es", at=NOW)
    assert ledger_types() == []


def test_changing_settings_writes_what_differs(ana: Account) -> None:
    profile = {
        "reads": ["es", "gl"],
        "writes": ["gl"],
        "country": "ES",
        "time_zone": "Europe/Madrid",
        "about": "x",
    }
    actions.change_settings(
        account=ana, name="Ana M", language="fr", profile=profile, purposes=["team_page"], by=ana, at=LATER
    )
    ana.refresh_from_db()
    assert (ana.name, ana.language, queries.consents_of(ana)) == ("Ana M", "fr", frozenset({"team_page"}))
    assert {name: getattr(queries.profile_of(ana), name) for name in profile} == profile
    assert ledger_types()[1:] == [
        "people.account_renamed", "people.language_changed", "people.profile_changed", "people.consent_given",
    ]  # fmt: skip
    actions.change_settings(
        account=ana, name="Ana M", language="fr", profile=profile, purposes=["team_page"], by=ana, at=LATER
    )
    assert len(ledger_types()) == 5
    actions.change_settings(
        account=ana, name="Ana M", language="fr", profile=profile, purposes=[], by=ana, at=LATER
    )
    assert list(Consent.objects.values_list("given_at", "withdrawn_at")) == [(LATER, LATER)]


def test_consent_is_given_and_withdrawn_once(ana: Account) -> None:
    first = actions.give_consent(account=ana, purpose="team_page", by=ana, at=NOW)
    assert actions.give_consent(account=ana, purpose="team_page", by=ana, at=LATER) == first
    for _ in range(2):
        actions.withdraw_consent(account=ana, purpose="team_page", by=ana, at=LATER)
    assert ledger_types()[1:] == ["people.consent_given", "people.consent_withdrawn"]


def test_unknown_languages_and_fields_are_refused(ana: Account) -> None:
    with pytest.raises(ValueError, match="tlh"):
        actions.change_language(account=ana, language="tlh", by=ana, at=NOW)
    with pytest.raises(TypeError, match="A profile has no shoe"):
        actions.change_profile(account=ana, by=ana, at=NOW, shoe=42)
    with pytest.raises(ValidationError):
        actions.change_profile(account=ana, by=ana, at=NOW, country="ZZ")


def test_a_team_is_opened_once(team: Team) -> None:
    assert actions.open_team(language="es", kind="moderation", by=None, at=LATER) == team
    assert ledger_types() == ["people.team_opened"]


def test_a_team_needs_a_language_and_a_kind_we_know() -> None:
    for language, kind in (("xx-nonsense", "moderation"), ("es", "knitting")):
        with pytest.raises(ValidationError):
            actions.open_team(language=language, kind=kind, by=None, at=NOW)


def test_joining_a_team(ana: Account, team: Team) -> None:
    actions.join_team(account=ana, team=team, role="member", by=None, at=NOW)
    assert facts() == [
        (
            "people.member_joined",
            {
                "subject": f"people.team:{team.pk}",
                "account_id": ana.pk,
                "language": "es",
                "kind": "moderation",
                "role": "member",
            },
        )
    ]
    assert list(queries.teams_of(ana)) == [team]
    assert Entry.objects.get(type="people.member_joined").public == {
        "language": "es", "kind": "moderation", "role": "member",
    }  # fmt: skip
    with pytest.raises(actions.AlreadyMemberError):
        actions.join_team(account=ana, team=team, role="lead", by=None, at=LATER)


def test_people_join_teams_of_their_languages_as_trainees_only(ana: Account, bo: Account, team: Team) -> None:
    actions.join_team(account=ana, team=team, role="trainee", by=ana, at=NOW)
    for person, role in ((bo, "trainee"), (bo, "member"), (ana, "lead")):
        with pytest.raises(PermissionDenied):
            actions.join_team(account=person, team=team, role=role, by=person, at=NOW)
    with pytest.raises(ValueError, match="king"):
        actions.join_team(account=bo, team=team, role="king", by=None, at=NOW)


def test_closed_accounts_join_nothing(ana: Account, team: Team) -> None:
    Account.objects.filter(pk=ana.pk).update(is_active=False)
    with pytest.raises(Account.DoesNotExist):
        actions.join_team(account=ana, team=team, role="member", by=None, at=NOW)


def test_a_lead_adds_moves_and_ends_members(ana: Account, lead: Account, team: Team) -> None:
    membership = actions.join_team(account=ana, team=team, role="trainee", by=lead, at=NOW)
    actions.change_role(membership=membership, role="member", by=lead, at=NOW)
    assert queries.has_role(ana, "es", "moderation", "member")
    with pytest.raises(actions.RoleStepError, match="member → member"):
        actions.change_role(membership=membership, role="member", by=lead, at=NOW)
    actions.leave_team(membership=membership, by=lead, at=LATER)
    actions.leave_team(membership=membership, by=lead, at=LATER)
    with pytest.raises(actions.RoleStepError):
        actions.change_role(membership=membership, role="lead", by=lead, at=LATER)
    assert [name for name, _ in facts()] == [
        "people.member_joined", "people.member_joined", "people.role_changed", "people.member_left",
    ]  # fmt: skip


def test_steps_between_roles(operator: Account, ana: Account, team: Team) -> None:
    membership = actions.join_team(account=ana, team=team, role="trainee", by=operator, at=NOW)
    with pytest.raises(actions.RoleStepError):
        actions.change_role(membership=membership, role="lead", by=operator, at=NOW)
    for role in ("member", "lead", "member", "trainee"):
        actions.change_role(membership=membership, role=role, by=operator, at=NOW)
        membership.refresh_from_db()
        assert membership.role == role


def test_coming_back_after_leaving(ana: Account, team: Team) -> None:
    membership = actions.join_team(account=ana, team=team, role="member", by=None, at=NOW)
    actions.leave_team(membership=membership, by=ana, at=LATER)
    actions.join_team(account=ana, team=team, role="trainee", by=ana, at=LATER)
    assert list(Membership.objects.order_by("pk").values_list("role", "left_at")) == [
        ("member", LATER), ("trainee", None),
    ]  # fmt: skip


def test_strangers_touch_no_team(ana: Account, bo: Account, lead: Account, team: Team) -> None:
    stranger = actions.create_account(email="s@example.org", name="S", language="es", at=NOW)
    membership = actions.join_team(account=ana, team=team, role="member", by=lead, at=NOW)
    other = actions.open_team(language="fr", kind="moderation", by=None, at=NOW)
    refused: list[tuple[Any, dict[str, Any]]] = [
        (actions.open_team, {"language": "gl", "kind": "promotion", "by": lead}),
        (actions.join_team, {"account": stranger, "team": team, "role": "member", "by": ana}),
        (actions.join_team, {"account": stranger, "team": other, "role": "member", "by": lead}),
        (actions.change_role, {"membership": membership, "role": "lead", "by": ana}),
        (actions.change_role, {"membership": membership, "role": "lead", "by": stranger}),
        (actions.leave_team, {"membership": membership, "by": stranger}),
    ]
    for action, arguments in refused:
        with pytest.raises(PermissionDenied):
            action(**arguments, at=NOW)
    leading = queries.membership(bo, team)
    assert leading
    with pytest.raises(PermissionDenied):
        actions.change_role(membership=leading, role="member", by=bo, at=NOW)


def test_nobody_changes_the_account_of_another(ana: Account, bo: Account, operator: Account) -> None:
    refused: list[tuple[Any, dict[str, Any]]] = [
        (actions.rename, {"name": "X"}),
        (actions.change_language, {"language": "fr"}),
        (actions.change_profile, {"country": "ES"}),
        (actions.give_consent, {"purpose": "team_page"}),
        (actions.withdraw_consent, {"purpose": "team_page"}),
        (actions.change_settings, {"name": "X", "language": "fr", "profile": {}, "purposes": []}),
    ]
    for action, arguments in refused:
        for person in (bo, operator, None):
            with pytest.raises(PermissionDenied):
                action(account=ana, by=person, at=NOW, **arguments)
    with pytest.raises(PermissionDenied):
        actions.erase(account=ana, by=bo, at=NOW)
    ana.refresh_from_db()
    assert (ana.name, ana.erased_at) == ("Ana", None)


def test_a_declared_affiliation_is_symmetric(ana: Account, bo: Account) -> None:
    first = actions.declare_affiliation(one=bo, other=ana, reason="friend", by=bo, at=NOW)
    assert actions.declare_affiliation(one=ana, other=bo, reason="family", by=bo, at=LATER) == first
    assert (first.one, first.other, first.declared_by, first.reason) == (ana, bo, bo, "friend")
    assert (queries.affiliates([ana.pk]), queries.affiliates([bo.pk])) == (
        frozenset({bo.pk}),
        frozenset({ana.pk}),
    )
    assert facts() == [
        (
            "people.affiliation_declared",
            {
                "subject": f"people.affiliation:{first.pk}",
                "one_id": ana.pk,
                "other_id": bo.pk,
                "basis": "declared",
            },
        )
    ]
    assert Entry.objects.get(type="people.affiliation_declared").public == {"basis": "declared"}


def test_only_who_declared_it_ends_it(ana: Account, bo: Account) -> None:
    by_ana = actions.declare_affiliation(one=ana, other=bo, reason="dispute", by=ana, at=NOW)
    actions.declare_affiliation(one=ana, other=bo, reason="friend", by=bo, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.end_affiliation(affiliation=by_ana, by=bo, at=LATER)
    for _ in range(2):
        actions.end_affiliation(affiliation=by_ana, by=ana, at=LATER)
    assert queries.affiliates([ana.pk]) == frozenset({bo.pk})
    assert [name for name, _ in facts()][2:] == ["people.affiliation_ended"]


def test_derived_affiliations_stand_by_themselves(ana: Account, bo: Account) -> None:
    one = actions.derive_affiliation(one=bo, other=ana, reason="showcase.creator:5", at=NOW)
    assert actions.derive_affiliation(one=ana, other=bo, reason="showcase.creator:5", at=LATER) == one
    two = actions.derive_affiliation(one=ana, other=bo, reason="showcase.creator:6", at=NOW)
    actions.end_affiliation(affiliation=one, by=None, at=LATER)
    assert queries.affiliates([ana.pk, bo.pk]) == frozenset({ana.pk, bo.pk})
    actions.end_affiliation(affiliation=two, by=None, at=LATER)
    assert queries.affiliates([ana.pk]) == frozenset()
    assert [row.reason_in_words for row in Affiliation.objects.order_by("pk")] == [
        "showcase.creator:5", "showcase.creator:6",
    ]  # fmt: skip


def test_affiliations_take_two_and_one_of_them_says_so(ana: Account, bo: Account, operator: Account) -> None:
    with pytest.raises(actions.AffiliatedWithSelfError):
        actions.declare_affiliation(one=ana, other=ana, reason="friend", by=ana, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.declare_affiliation(one=ana, other=bo, reason="friend", by=operator, at=NOW)
    with pytest.raises(ValueError, match="enemy"):
        actions.declare_affiliation(one=ana, other=bo, reason="enemy", by=ana, at=NOW)
    declared = actions.declare_affiliation(one=bo, other=ana, reason="friend", by=None, at=NOW)
    assert declared.declared_by == bo


@pytest.mark.usefixtures("ana", "lead")
def test_the_ledger_holds() -> None:
    assert ledger.verify().first_bad is None
