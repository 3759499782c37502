"""A passkey from the first press to the next sign-in, in a real browser with an authenticator it simulates."""

import shutil
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from altavoz.people.models import Account

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here"),
]
_KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    # Playwright runs an event loop in this thread; Django would refuse to ask the database beside it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # The server's threads must leave no connection behind, or the test database cannot be dropped.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser.new_context()
        browser.close()
        connections.close_all()  # beside the loop Django opened another one


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})
    return opened


def sign_in(context: BrowserContext, account: Account, url: str) -> None:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def test_a_passkey_is_added_and_then_signs_in(
    context: BrowserContext, page: Page, live_server: LiveServer, bo: Account
) -> None:
    EmailAddress.objects.update(verified=True)
    sign_in(context, bo, live_server.url)
    page.goto(f"{live_server.url}/en/account/2fa/webauthn/add/")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    assert [key.wrap().is_passwordless for key in Authenticator.objects.filter(user=bo, type="webauthn")] == [
        True
    ]
    context.clear_cookies()
    page.goto(f"{live_server.url}/en/account/login/?next=/en/settings/teams/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams")


def test_without_the_right_device_the_page_says_so(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/account/login/")
    note = page.get_by_role("alert")
    expect(note).to_have_count(0)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(note).to_have_text("That did not work. Please try again, or take another way.")
