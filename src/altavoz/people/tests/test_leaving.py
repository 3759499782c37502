"""Taking one's data along, and being forgotten."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from altavoz.core.ledger import actions as ledger
from altavoz.core.ledger.models import Entry, PrivatePart, Pseudonym
from altavoz.core.models import Event
from altavoz.people import actions, queries, records
from altavoz.people.models import Account, Affiliation, Consent, Profile, Session, Team
from altavoz.people.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def toys() -> Iterator[dict[int, list[str]]]:
    """Register a room that keeps toys."""
    kept: dict[int, list[str]] = {}

    def erase(account_id: int, at: datetime) -> None:
        assert at == NOW
        kept.pop(account_id, None)

    records.register("toys", export=lambda account_id: kept.get(account_id, []), erase=erase)
    yield kept
    records.forget("toys")


@pytest.fixture
def full(ana: Account, bo: Account, team: Team) -> Account:
    """Somebody with everything that one may have here."""
    actions.join_team(account=ana, team=team, role="member", by=None, at=NOW)
    actions.declare_affiliation(one=ana, other=bo, reason="friend", by=ana, at=NOW)
    actions.declare_affiliation(one=ana, other=bo, reason="dispute", by=bo, at=NOW)
    actions.give_consent(account=ana, purpose="team_page", by=ana, at=NOW)
    Authenticator.objects.create(user=ana, type="totp", data={"secret": "s3cret"}, created_at=NOW)
    SocialAccount.objects.create(user=ana, provider="github", uid="17", extra_data={"login": "ana"})
    return ana


def test_the_export_holds_everything_and_no_secret(full: Account, toys: dict[int, list[str]]) -> None:
    toys[full.pk] = ["bear"]
    exported = json.loads(json.dumps(actions.export(full)))
    [link] = exported["sign_in_methods"][1:]
    assert link.pop("added_at")
    assert link == {"kind": "github", "id": "17", "data": {"login": "ana"}}
    assert "s3cret" not in json.dumps(exported)
    when = NOW.isoformat()
    ours = ("account", "profile", "email_addresses", "teams", "affiliations", "consents", "sessions", "toys")
    assert {name: exported[name] for name in ours} == {
        "account": {
            "email": "ana@example.org", "name": "Ana", "code": full.public_id, "language": "es",
            "joined_at": when, "last_signed_in_at": None, "operator": False,
        },
        "profile": {"reads": ["es"], "writes": [], "country": "", "time_zone": "UTC", "about": ""},
        "email_addresses": [{"email": "ana@example.org", "confirmed": False, "primary": True}],
        "teams": [{"language": "es", "kind": "moderation", "role": "member", "joined_at": when, "left_at": None}],
        "affiliations": [{"with": "Bo", "reason": "friend", "since": when, "ended_at": None}],
        "consents": [{"purpose": "team_page", "given_at": when, "withdrawn_at": None}],
        "sessions": [],
        "toys": ["bear"],
    }  # fmt: skip
    assert [entry["what"] for entry in exported["ledger"]] == [
        "people.account_created", "people.affiliation_declared", "people.consent_given",
    ]  # fmt: skip


def test_erasing_leaves_nothing_that_leads_to_the_person(
    full: Account, team: Team, toys: dict[int, list[str]], client: Client
) -> None:
    toys[full.pk], toys[0] = ["bear"], ["stays"]
    client.force_login(full, backend="allauth.account.auth_backends.AuthenticationBackend")
    code = full.public_id
    actions.erase(account=full, by=full, at=NOW)
    row = Account.objects.get(pk=full.pk)
    assert (row.email, row.name, row.is_active, row.erased_at, row.last_login) == (
        f"erased-{full.pk}@erased.invalid", "", False, NOW, None,
    )  # fmt: skip
    assert (str(row), queries.by_public_id(code)) == (str(full), None)
    for model in (EmailAddress, Authenticator, SocialAccount):
        assert not model.objects.filter(user=full).exists()
    for model in (Session, Consent, Profile):
        assert not model.objects.filter(account=full).exists()
    assert not Affiliation.objects.exists()
    assert list(queries.roster(team)) == []
    assert toys == {0: ["stays"]}
    assert client.get("/en/settings/").status_code == 302


def test_erasing_keeps_the_ledger_valid_and_tells_other_rooms(full: Account) -> None:
    before = Entry.objects.count()
    actions.erase(account=full, by=full, at=NOW)
    assert (ledger.verify().first_bad, ledger.verify().count) == (None, before + 2)
    assert not Pseudonym.objects.filter(account_id=full.pk).exists()
    assert not PrivatePart.objects.filter(account_id=full.pk).exists()
    assert [(event.name, event.body) for event in Event.objects.order_by("-pk")[:1]] == [
        ("people.account_erased", {"subject": f"people.account:{full.pk}", "account_id": full.pk})
    ]
    assert full.name == ""


def test_a_second_erasure_changes_nothing(ana: Account, operator: Account) -> None:
    actions.erase(account=ana, by=operator, at=NOW)
    count = Entry.objects.count()
    actions.erase(account=ana, by=operator, at=NOW)
    assert Entry.objects.count() == count
    assert Entry.objects.order_by("-seq")[0].actor == Pseudonym.objects.get(account_id=operator.pk).name


def test_names_in_the_operators_log_go(ana: Account, operator: Account) -> None:
    kind = ContentType.objects.get_for_model(Account)
    LogEntry.objects.create(
        user=operator, content_type=kind, object_id=str(ana.pk), object_repr="Ana", action_flag=CHANGE
    )
    actions.erase(account=ana, by=None, at=NOW)
    assert list(LogEntry.objects.values_list("object_repr", "change_message")) == [("", "")]


def test_an_erased_address_can_come_back(ana: Account) -> None:
    actions.erase(account=ana, by=ana, at=NOW)
    again = actions.create_account(email="ana@example.org", name="Ana", language="es", at=NOW)
    assert again.pk != ana.pk


def test_downloading_ones_data(as_ana: Client, ana: Account) -> None:
    assert "Download my data" in as_ana.get("/en/settings/export/").content.decode()
    file = as_ana.post("/en/settings/export/")
    assert file["Content-Disposition"] == 'attachment; filename="altavoz.json"'
    assert json.loads(file.content)["account"]["email"] == ana.email


def test_deleting_the_account_needs_a_tick(as_ana: Client, ana: Account) -> None:
    page = as_ana.post("/en/settings/delete/", {}).content.decode()
    assert ("Please tick this if you mean it." in page, 'href="#id_sure"' in page) == (True, True)
    answer = as_ana.post("/en/settings/delete/", {"sure": "on"})
    assert answer["Location"] == "/en/account/login/"
    ana.refresh_from_db()
    assert ana.erased_at is not None
    assert as_ana.get("/en/settings/").status_code == 302
    assert "Your account is deleted." in as_ana.get("/en/account/login/").content.decode()
