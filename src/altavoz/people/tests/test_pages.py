"""The account pages that are our own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from altavoz.people import actions, links, queries
from altavoz.people.models import Account, Membership, Profile, Team
from altavoz.people.tests.conftest import NOW, code_in

pytestmark = pytest.mark.django_db
PAGES = ("", "export/", "delete/", "teams/", "affiliations/")


@pytest.mark.parametrize("page", PAGES)
def test_the_settings_belong_to_who_is_signed_in(client: Client, page: str) -> None:
    answer = client.get(f"/en/settings/{page}")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/account/login/?next=/en/settings/{page}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "ar", "ja"])
def test_the_settings_open(as_ana: Client, page: str, language: str) -> None:
    answer = as_ana.get(f"/{language}/settings/{page}")
    assert (answer.status_code, answer["Cache-Control"]) == (
        200, "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip
    assert "csrfmiddlewaretoken" not in answer.content.decode()


SETTINGS = {
    "name": "Ana M",
    "language": "fr",
    "reads": ["es", "gl"],
    "writes": ["es"],
    "country": "ES",
    "time_zone": "Europe/Madrid",
}


def test_saving_settings(as_ana: Client, ana: Account) -> None:
    answer = as_ana.post("/en/settings/", SETTINGS | {"purposes": ["team_page"], "about": "Hola"})
    assert answer["Location"] == "/fr/settings/"
    ana.refresh_from_db()
    profile = Profile.objects.get(account=ana)
    assert (ana.name, ana.language, profile.reads, profile.writes) == ("Ana M", "fr", ["es", "gl"], ["es"])
    assert (profile.country, profile.time_zone, profile.about) == ("ES", "Europe/Madrid", "Hola")
    assert queries.consents_of(ana) == frozenset({"team_page"})


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("language", "tlh"), ("country", "ZZ"), ("time_zone", "Mars/X"), ("reads", "xx-no")],
)
def test_wrong_settings_are_told_beside_the_field(
    as_ana: Client, ana: Account, field: str, value: str
) -> None:
    page = as_ana.post("/en/settings/", SETTINGS | {field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert 'role="alert" tabindex="-1"' in page
    ana.refresh_from_db()
    assert ana.name == "Ana"


def test_a_name_of_nothing_visible_is_refused_whole(as_ana: Client, ana: Account) -> None:
    page = as_ana.post("/en/settings/", SETTINGS | {"name": "\u200b"})
    ana.refresh_from_db()
    assert 'id="id_name_error"' in page.content.decode()
    assert (page.status_code, ana.name, ana.language) == (200, "Ana", "es")


def test_names_of_countries_are_in_the_readers_language(as_ana: Client) -> None:
    page = as_ana.get("/ja/settings/").content.decode()
    assert ('<option value="ES">スペイン</option>' in page, "日本語" in page) == (True, True)


def test_the_settings_cost_little(as_ana: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(5):
        as_ana.get("/en/settings/")


def test_the_address_moves_by_code(
    as_ana: Client, ana: Account, deliver: Callable[..., int], mailoutbox: list[EmailMessage]
) -> None:
    EmailAddress.objects.update(verified=True)
    answer = as_ana.post("/en/account/email/", {"email": "New@example.org", "action_add": ""})
    assert answer["Location"] == "/en/account/confirm-email/"
    deliver()
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    as_ana.post("/en/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    deliver()
    ana.refresh_from_db()
    assert ana.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]
    assert (mailoutbox[-1].to, mailoutbox[-1].extra_headers["Content-Language"]) == (
        ["ana@example.org"],
        "es",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_my_teams(
    as_ana: Client, ana: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for language in ("es", "gl", "fr")[:count]:
        mine = actions.open_team(language=language, kind="moderation", by=None, at=NOW)
        actions.join_team(account=ana, team=mine, role="lead", by=None, at=NOW)
        actions.open_team(language=language, kind="promotion", by=None, at=NOW)
    Profile.objects.update(reads=["es", "gl", "fr"])
    with django_assert_num_queries(7):
        page = as_ana.get("/en/settings/teams/").content.decode()
    assert (page.count("People of the team"), page.count("Join as a trainee")) == (count, count)
    assert "One step is missing" in page


def test_joining_and_leaving(as_ana: Client, ana: Account, team: Team) -> None:
    answer = as_ana.post(f"/en/settings/teams/{team.pk}/join/")
    assert answer["Location"] == "/en/settings/teams/"
    membership = Membership.objects.get(account=ana)
    assert membership.role == "trainee"
    as_ana.post(f"/en/settings/teams/{team.pk}/join/")
    page = as_ana.get("/en/settings/teams/").content.decode()
    assert "That was done already, or is no longer possible." in page
    as_ana.post(f"/en/settings/memberships/{membership.pk}/leave/")
    membership.refresh_from_db()
    assert membership.left_at is not None


def test_a_team_of_another_language_is_not_joined(as_ana: Client) -> None:
    other = actions.open_team(language="ja", kind="moderation", by=None, at=NOW)
    assert as_ana.post(f"/en/settings/teams/{other.pk}/join/").status_code == 403
    assert not Membership.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_leads_see_their_people(
    client: Client, lead: Account, team: Team, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        person = actions.create_account(
            email=f"{number}@example.org", name=f"P{number}", language="es", at=NOW
        )
        actions.join_team(account=person, team=team, role="trainee", by=lead, at=NOW)
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    with django_assert_num_queries(6):
        page = client.get(f"/en/settings/teams/{team.pk}/").content.decode()
    assert (page.count("this role: Member"), page.count("End the membership of")) == (count, count)


def test_leads_change_roles(client: Client, ana: Account, lead: Account, team: Team) -> None:
    membership = actions.join_team(account=ana, team=team, role="trainee", by=lead, at=NOW)
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(
        f"/en/settings/memberships/{membership.pk}/role/", {"role": "member", "team": str(team.pk)}
    )
    assert answer["Location"] == f"/en/settings/teams/{team.pk}/"
    membership.refresh_from_db()
    assert membership.role == "member"


def test_others_neither_see_nor_change_a_team(as_ana: Client, lead: Account, team: Team) -> None:
    membership = queries.membership(lead, team)
    assert membership
    for answer in (
        as_ana.get(f"/en/settings/teams/{team.pk}/"),
        as_ana.post(f"/en/settings/memberships/{membership.pk}/role/", {"role": "member"}),
        as_ana.post(f"/en/settings/memberships/{membership.pk}/leave/"),
    ):
        assert answer.status_code == 403
    assert as_ana.get("/en/settings/teams/99999/").status_code == 404


def test_naming_a_person_one_is_close_to(as_ana: Client, ana: Account, bo: Account) -> None:
    code = f"{bo.public_id[:4]} {bo.public_id[4:8].upper()}-{bo.public_id[8:]}"
    as_ana.post("/en/settings/affiliations/", {"code": code, "reason": "friend"})
    assert queries.affiliates([ana.pk]) == frozenset({bo.pk})
    page = as_ana.get("/en/settings/affiliations/").content.decode()
    assert ("This is over" in page, "Bo" in page, "Friend" in page) == (True, True, True)
    [declared] = queries.declarations_of(ana)
    as_ana.post(f"/en/settings/affiliations/{declared.pk}/end/")
    assert queries.affiliates([ana.pk]) == frozenset()


def test_declarations_of_others_are_hidden(as_ana: Client, ana: Account, bo: Account) -> None:
    declared = actions.declare_affiliation(one=ana, other=bo, reason="dispute", by=bo, at=NOW)
    assert "This is over" not in as_ana.get("/en/settings/affiliations/").content.decode()
    assert as_ana.post(f"/en/settings/affiliations/{declared.pk}/end/").status_code == 404


def test_a_wrong_code_and_ones_own_get_the_same_answer(as_ana: Client, ana: Account) -> None:
    for code in (ana.public_id, "zzzz zzzz zzzz", "x" * 41):
        page = as_ana.post("/en/settings/affiliations/", {"code": code, "reason": "friend"}).content.decode()
        assert 'id="id_code_error"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_one_named(
    as_ana: Client, ana: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        person = actions.create_account(
            email=f"{number}@example.org", name=f"P{number}", language="es", at=NOW
        )
        actions.declare_affiliation(one=person, other=ana, reason="friend", by=ana, at=NOW)
    with django_assert_num_queries(4):
        page = as_ana.get("/en/settings/affiliations/").content.decode()
    assert page.count("This is over") == count


def test_a_demo_link_signs_in_once(client: Client, ana: Account, settings: Settings) -> None:
    settings.DEMO = True
    ana.last_login = NOW
    ana.save(update_fields=["last_login"])
    from django.utils import timezone

    link = links.sign_in_link(ana, at=timezone.now()).removeprefix(settings.PUBLIC_URL)
    assert link.startswith("/es/demo/sign-in/")
    assert client.get(link)["Location"] == "/es/settings/"
    assert client.session["_auth_user_id"] == str(ana.pk)
    again = Client()
    assert again.get(link).status_code == 302
    assert again.session["_auth_user_id"] == str(ana.pk)
    elsewhere = links.sign_in_link(ana, at=timezone.now(), then="moderate/").removeprefix(settings.PUBLIC_URL)
    assert Client().get(elsewhere)["Location"] == "/es/moderate/"


def test_demo_links_are_refused_elsewhere(client: Client, ana: Account, settings: Settings) -> None:
    settings.DEMO = True
    link = links.sign_in_link(ana, at=NOW).removeprefix(settings.PUBLIC_URL)
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        links.sign_in_link(ana, at=NOW)
    assert client.get(link).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("spoil", ["token", "age", "erased"])
def test_a_spoilt_demo_link_signs_nobody_in(ana: Account, settings: Settings, spoil: str) -> None:
    settings.DEMO = True
    token = links.sign_in_link(ana, at=NOW).rstrip("/").rpartition("/")[2]
    if spoil == "erased":
        actions.erase(account=ana, by=ana, at=NOW)
    with pytest.raises(links.OldLinkError):
        links.opened(
            token + ("x" if spoil == "token" else ""), at=NOW + timedelta(hours=25 if spoil == "age" else 1)
        )


def test_public_names_only_with_consent(ana: Account, lead: Account, team: Team) -> None:
    actions.join_team(account=ana, team=team, role="member", by=lead, at=NOW)
    assert queries.public_teams("es")["moderation"].names == ()
    actions.give_consent(account=ana, purpose="team_page", by=ana, at=NOW)
    shown = queries.public_teams("es")["moderation"]
    assert (shown.people, shown.trainees, shown.names) == (2, 0, ("Ana",))
    assert queries.team_sizes("moderation") == {"es": 2}
    assert queries.team_kinds(ana) == {"moderation"}


def test_members_and_languages(ana: Account, lead: Account, team: Team) -> None:
    actions.join_team(account=ana, team=team, role="trainee", by=lead, at=NOW)
    assert list(queries.members("es", "moderation")) == [lead]
    assert sorted(row.name for row in queries.members("es", "moderation", ["trainee", "lead"])) == [
        "Ana",
        "Bo",
    ]
    assert (queries.languages_of(lead, "moderation"), queries.languages_of(ana, "moderation")) == (["es"], [])
    assert (
        queries.has_role(lead, "es", "moderation"),
        queries.has_role(ana, "es", "moderation", "member"),
    ) == (True, False)
