"""Signing in with a platform: the whole round, over HTTP, with imitations of the three that are offered.

The imitations answer as the platforms document it: the code of the redirect buys a token, the token tells the person.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from django.test import Client
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from altavoz.people import actions
from altavoz.people.models import Account
from altavoz.people.tests.conftest import code_in
from altavoz.people.tests.test_signing_in import Mails

pytestmark = pytest.mark.django_db
CODE, TOKEN = "one-time-code", "token-of-rosa"


@dataclass(frozen=True)
class Platform:
    """One platform: its name and where it asks people for their consent."""

    name: str
    consent: str


def _token_for_code(extra: Mapping[str, str] | None = None) -> Callable[[Request], Response]:
    """Answer as a token endpoint: the right code and secret get a token, anything else an error."""

    def answer(request: Request) -> Response:
        asked = request.form
        if (asked["code"], asked["client_secret"]) != (CODE, "shh"):
            return _json({"error": "invalid_grant", "error_description": "The code has expired."}, 400)
        return _json({"access_token": TOKEN, "token_type": "bearer"} | dict(extra or {}))

    return answer


def _person(shown: object) -> Callable[[Request], Response]:
    """Answer with the person, if the request carries the token."""

    def answer(request: Request) -> Response:
        told = request.headers.get("Authorization", "") + request.args.get("access_token", "")
        return _json(shown) if TOKEN in told else _json({"message": "Bad credentials"}, 401)

    return answer


def _json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status, content_type="application/json")


def _github(server: HTTPServer, patch: pytest.MonkeyPatch) -> str:
    patch.setattr(GitHubOAuth2Adapter, "access_token_url", server.url_for("/login/oauth/access_token"))
    patch.setattr(GitHubOAuth2Adapter, "profile_url", server.url_for("/user"))
    patch.setattr(GitHubOAuth2Adapter, "emails_url", server.url_for("/user/emails"))
    server.expect_request("/login/oauth/access_token", method="POST").respond_with_handler(_token_for_code())
    person = {"id": 7, "login": "rosa", "name": "Rosa Núñez", "email": None}
    server.expect_request("/user").respond_with_handler(_person(person))
    addresses = [
        {"email": "old@example.org", "primary": False, "verified": False},
        {"email": "rosa@example.org", "primary": True, "verified": True},
    ]
    server.expect_request("/user/emails").respond_with_handler(_person(addresses))
    return "https://github.com/login/oauth/authorize"


def _gitlab(server: HTTPServer, patch: pytest.MonkeyPatch) -> str:  # noqa: ARG001  the shape of all three
    server.expect_request("/oauth/token", method="POST").respond_with_handler(_token_for_code())
    person = {
        "id": 7,
        "username": "rosa",
        "name": "Rosa Núñez",
        "email": "rosa@example.org",
        "confirmed_at": "2020-01-01T00:00:00Z",
    }
    server.expect_request("/api/v4/user").respond_with_handler(_person(person))
    return server.url_for("/oauth/authorize")


def _google(server: HTTPServer, patch: pytest.MonkeyPatch) -> str:
    patch.setattr(GoogleOAuth2Adapter, "access_token_url", server.url_for("/token"))
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "us",
        "sub": "7",
        "exp": 4_000_000_000,
        "iat": 1,
        "email": "rosa@example.org",
        "email_verified": True,
        "given_name": "Rosa",
        "family_name": "Núñez",
    }
    parts = ({"alg": "RS256", "kid": "1"}, claims, "signature")
    words = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    server.expect_request("/token", method="POST").respond_with_handler(
        _token_for_code({"id_token": ".".join(words)})
    )
    return "https://accounts.google.com/o/oauth2/v2/auth"


@pytest.fixture(params=["github", "gitlab", "google"])
def platform(
    request: pytest.FixtureRequest,
    httpserver: HTTPServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Platform:
    """One of the platforms, set up by the operator and imitated here."""
    app: dict[str, Any] = {"client_id": "us", "secret": "shh"}
    if request.param == "gitlab":
        app["settings"] = {"gitlab_url": httpserver.url_for("").rstrip("/")}
    settings.SOCIALACCOUNT_PROVIDERS = {request.param: {"APPS": [app]}}
    imitate = {"github": _github, "gitlab": _gitlab, "google": _google}[request.param]
    return Platform(request.param, imitate(httpserver, monkeypatch))


def consent(client: Client, platform: Platform) -> str:
    """Press the platform's button; return the state with which it sends people back."""
    answer = client.post(f"/account/{platform.name}/login/?process=login")
    assert answer.status_code == 302
    target = urlsplit(answer["Location"])
    asked = dict(parse_qsl(target.query))
    assert target._replace(query="").geturl() == platform.consent
    assert (asked["client_id"], asked["response_type"]) == ("us", "code")
    assert asked["redirect_uri"] == f"http://testserver/account/{platform.name}/login/callback/"
    return asked["state"]


def back(client: Client, platform: Platform, **told: str) -> Any:  # noqa: ANN401  as the test client has it
    return client.get(f"/account/{platform.name}/login/callback/", told)


def join(client: Client, platform: Platform, mails: Mails) -> None:
    """Sign up; where the platform does not vouch for the address, as GitLab, type the code that was sent to it."""
    form = back(client, platform, code=CODE, state=consent(client, platform))["Location"]
    answer = client.post(form, {"name": "Rosa", "email": "rosa@example.org"})
    if platform.name == "gitlab":
        client.post(answer["Location"], {"code": code_in(mails()[-1])})


def test_the_button_is_there_where_the_platform_is_set_up(client: Client, platform: Platform) -> None:
    page = client.get("/es/account/login/").content.decode()
    assert f'action="/account/{platform.name}/login/?' in page


def test_a_newcomer_confirms_name_and_address_and_is_in(
    client: Client, platform: Platform, mails: Mails
) -> None:
    join(client, platform, mails)
    rosa = Account.objects.get(email="rosa@example.org")
    assert (rosa.name, client.session["_auth_user_id"]) == ("Rosa", str(rosa.pk))
    assert list(EmailAddress.objects.values_list("user", "email", "verified")) == [
        (rosa.pk, "rosa@example.org", True)
    ]
    assert SocialAccount.objects.get(user=rosa).uid == "7"


def test_the_form_starts_with_what_the_platform_knows(client: Client, platform: Platform) -> None:
    answer = back(client, platform, code=CODE, state=consent(client, platform))
    assert (answer.status_code, answer["Location"]) == (302, "/es/account/3rdparty/signup/")
    form = client.get(answer["Location"]).context["form"]
    assert (form["name"].value(), form["email"].value()) == ("Rosa Núñez", "rosa@example.org")


def test_the_second_time_one_button_is_enough(client: Client, platform: Platform, mails: Mails) -> None:
    join(client, platform, mails)
    again = Client()
    back(again, platform, code=CODE, state=consent(again, platform))
    assert again.session["_auth_user_id"] == str(Account.objects.get(email="rosa@example.org").pk)
    assert Account.objects.count() == 1


def test_nobody_gets_into_an_account_by_an_address_alone(
    client: Client, platform: Platform, at: datetime
) -> None:
    """Who has an account here and never connected it must sign in to it first."""
    actions.create_account(email="rosa@example.org", name="Rosa", language="es", at=at)
    answer = back(client, platform, code=CODE, state=consent(client, platform))
    client.post(answer["Location"], {"name": "Rosa", "email": "rosa@example.org"})
    assert "_auth_user_id" not in client.session
    assert (SocialAccount.objects.count(), Account.objects.count()) == (0, 1)


@pytest.mark.parametrize("told", [{"error": "access_denied"}, {"code": "expired"}, {}])
def test_whoever_is_refused_reads_why_and_nothing_is_made(
    client: Client, platform: Platform, told: dict[str, str]
) -> None:
    answer = back(client, platform, state=consent(client, platform), **told)
    if answer.status_code == 302:
        answer = client.get(answer["Location"])
    assert answer.templates[0].name in {
        "socialaccount/login_cancelled.html",
        "socialaccount/authentication_error.html",
    }
    assert (Account.objects.count(), "_auth_user_id" in client.session) == (0, False)


def test_an_answer_nobody_asked_for_signs_nobody_in(client: Client, platform: Platform) -> None:
    """A link with somebody else's code is of no use: the state is not that of this visitor."""
    state = consent(Client(), platform)
    answer = back(client, platform, code=CODE, state=state)
    assert "_auth_user_id" not in client.session
    assert "state" not in parse_qs(urlsplit(answer.get("Location", "")).query)
    assert Account.objects.count() == 0
