"""Passkeys, authenticator apps, recovery codes, and the desks that need one."""

import json
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from altavoz.people import actions, guards, policies
from altavoz.people.models import Account, Team
from altavoz.people.tests.conftest import NOW, code_in

pytestmark = pytest.mark.django_db
Mails = Callable[[], list[EmailMessage]]
SECRET = "JBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@guards.team_desk("moderation")
def desk(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("the desk")


def visit(account: Account | None) -> HttpResponse:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.contrib.sessions.backends.cache import SessionStore

    request = RequestFactory().get("/en/moderate/")
    request.user, request.session = account or AnonymousUser(), SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    with translation.override("en"):
        answer = desk(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_desk_sends_strangers_to_sign_in() -> None:
    answer = visit(None)
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/login/?next=/en/moderate/")


def test_the_desk_tells_others_how_to_join(ana: Account) -> None:
    answer = visit(ana)
    assert (answer.status_code, "This desk belongs to a team" in answer.content.decode()) == (403, True)


def test_trainees_wait(ana: Account, team: Team) -> None:
    actions.join_team(account=ana, team=team, role="trainee", by=None, at=NOW)
    assert visit(ana).status_code == 403


def test_the_desk_needs_a_second_factor(lead: Account) -> None:
    answer = visit(lead)
    assert (answer.status_code, "One step is missing" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_the_desk_opens_with_one(lead: Account, kind: str) -> None:
    Authenticator.objects.create(user=lead, type=kind, data={}, created_at=NOW)
    assert visit(lead).content == b"the desk"


def test_recovery_codes_alone_are_none(lead: Account) -> None:
    Authenticator.objects.create(user=lead, type="recovery_codes", data={}, created_at=NOW)
    assert visit(lead).status_code == 403


def test_an_installation_may_waive_it(lead: Account, settings: Settings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False
    assert visit(lead).content == b"the desk"
    assert policies.may(None, "people.work_in_teams")


def test_nobody_signed_in_is_nobody() -> None:
    request = RequestFactory().get("/")
    request.user = object()  # type: ignore[assignment]
    with pytest.raises(PermissionDenied):
        guards.signed_in(request)


@pytest.mark.parametrize(
    "path",
    [
        "2fa/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/totp/activate/",
        "2fa/recovery-codes/generate/",
        "email/",
    ],
)
def test_the_pages_open(as_ana: Client, path: str) -> None:
    as_ana.post("/en/account/email/")
    assert as_ana.get(f"/en/account/{path}", follow=True).status_code == 200


def test_an_app_is_set_up_and_then_asked_for(client: Client, ana: Account, mails: Mails) -> None:
    client.post("/en/account/login/", {"login": ana.email})
    client.post("/en/account/login/code/confirm/", {"code": code_in(mails()[0])})
    page = client.get("/en/account/2fa/totp/activate/")
    assert "data:image/svg+xml" in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    client.post("/en/account/2fa/totp/activate/", {"code": code_of(secret)})
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert (secret in stored, stored.startswith("gAAAA")) == (False, True)
    asked = client.get("/en/account/2fa/recovery-codes/")["Location"]
    assert asked == "/en/account/2fa/reauthenticate/?next=%2Fen%2Faccount%2F2fa%2Frecovery-codes%2F"
    codes = client.post(asked, {"code": code_of(secret)}, follow=True).content.decode()
    assert codes.count('<code class="ltr">') == 10
    again = Client()
    again.post("/en/account/login/", {"login": ana.email})
    answer = again.post("/en/account/login/code/confirm/", {"code": code_in(mails()[-1])})
    assert answer["Location"] == "/en/account/2fa/authenticate/"
    assert "_auth_user_id" not in again.session
    wrong = again.post("/en/account/2fa/authenticate/", {"code": "000 000"})
    assert "That is not the code." in wrong.content.decode()


def test_a_recovery_code_helps(client: Client, ana: Account, mails: Mails) -> None:
    client.get("/en/account/login/")
    TOTP.activate(ana, SECRET)
    code = RecoveryCodes.activate(ana).get_unused_codes()[0]
    client.post("/en/account/login/", {"login": ana.email})
    client.post("/en/account/login/code/confirm/", {"code": code_in(mails()[0])})
    answer = client.post("/en/account/2fa/authenticate/", {"code": code})
    assert answer["Location"] == "/en/settings/"
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_something_that_matters_is_confirmed_again(as_ana: Client, ana: Account) -> None:
    TOTP.activate(ana, SECRET)
    answer = as_ana.get("/en/account/2fa/totp/deactivate/")
    assert (
        answer["Location"]
        == "/en/account/2fa/reauthenticate/?next=%2Fen%2Faccount%2F2fa%2Ftotp%2Fdeactivate%2F"
    )
    assert "Is it you?" in as_ana.get(answer["Location"]).content.decode()
    as_ana.post(answer["Location"], {"code": code_of(SECRET)})
    assert "Remove the app" in as_ana.get("/en/account/2fa/totp/deactivate/").content.decode()
    as_ana.post("/en/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()


def test_the_passkey_page_has_what_the_script_needs(as_ana: Client) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update(verified=True)
    page = as_ana.get("/en/account/2fa/webauthn/add/").content.decode()
    data = page.partition('<script id="webauthn-data" type="application/json">')[2].partition("</script>")[0]
    options = json.loads(data)["creation_options"]["publicKey"]
    assert (options["rp"]["name"], options["user"]["displayName"]) == ("Altavoz", "Ana")
    assert options["authenticatorSelection"]["userVerification"] == "required"
    for piece in (
        'data-webauthn="add"',
        "people/webauthn",
        "mfa/js/webauthn",
        'name="credential"',
        'value="Passkey 1"',
    ):
        assert piece in page
    assert "<script>" not in page
    assert "onclick" not in page


def test_a_made_up_passkey_is_refused(as_ana: Client) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update(verified=True)
    as_ana.get("/en/account/2fa/webauthn/add/")
    page = as_ana.post("/en/account/2fa/webauthn/add/", {"name": "x", "credential": json.dumps({"id": "x"})})
    assert "The passkey did not answer well. Please try again." in page.content.decode()
    assert not Authenticator.objects.exists()


def test_signing_in_with_a_passkey_starts_with_a_challenge(client: Client) -> None:
    options = client.get("/en/account/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post("/en/account/2fa/webauthn/login/", {"credential": json.dumps({"id": "x"})})
    assert answer["Location"] == "/en/account/login/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_passkeys(
    as_ana: Client, ana: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        data = {
            "name": f"Key {number}",
            "credential": {"clientExtensionResults": {"credProps": {"rk": True}}},
        }
        Authenticator.objects.create(user=ana, type="webauthn", data=data, created_at=NOW)
    with django_assert_num_queries(4):
        page = as_ana.get("/en/account/2fa/webauthn/").content.decode()
    assert page.count("You can sign in with it alone.") == count
