"""Reading without a connection: what is kept and what never is, in a real browser."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from altavoz.showcase import actions as showcase
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.chromium import IN_CHROMIUM
from altavoz.web.tests.conftest import Publish
from altavoz.web.tests.people import an_account, browser_of

_KEPT = """async (path) => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    const keys = (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())))).flat();
    return keys.map((request) => new URL(request.url).pathname);
}"""
_READY = (
    "async () => { await navigator.serviceWorker.ready; return Boolean(navigator.serviceWorker.controller); }"
)


@pytest.fixture
def here(settings: LazySettings, live_server: LiveServer) -> str:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def visit(chromium: Chromium, here: str) -> Callable[..., Page]:
    """Return a page of a new browser once its service worker runs."""

    def make(path: str, *, session: str = "") -> Page:
        context = chromium.new_context(viewport={"width": 360, "height": 740})
        if session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": here}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
        page = context.new_page()
        page.goto(f"{here}{path}")
        page.wait_for_function(_READY)
        return page

    return make


def _kept(page: Page, path: str, *, there: bool = True) -> None:
    """Wait until a page is kept, or is not any more."""
    page.wait_for_function(f"async () => (await ({_KEPT})()).includes({path!r}) === {str(there).lower()}")


def _offline(context: BrowserContext) -> None:
    context.set_offline(True)


class TestInChromium:
    pytestmark = IN_CHROMIUM

    @pytest.mark.parametrize("language", ["es", "ar", "ja"])
    def test_a_page_that_was_seen_is_read_without_a_connection(
        self, visit: Callable[..., Page], publish: Publish, here: str, language: str
    ) -> None:
        work = publish()
        page = visit(f"/{language}/")
        _kept(page, f"/{language}/")  # the first page was open before the service worker was
        path = f"/{language}/works/{work.pk}-asincronia-1/"
        page.goto(f"{here}{path}")
        _kept(page, path)
        _offline(page.context)
        page.reload()
        expect(page.locator("h1")).to_have_text("Asincronía 1")
        expect(page.locator(".offline-copy")).to_be_visible()
        assert "{when}" not in page.locator(".offline-copy").inner_text()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 247, 240)"
        page.goto(f"{here}/{language}/creators/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#kept a").first).to_have_text(re.compile("Asincronía 1"))
        page.context.set_offline(False)
        page.goto(f"{here}{path}")
        expect(page.locator(".offline-copy")).to_be_hidden()

    def test_what_was_withdrawn_is_dropped(
        self,
        visit: Callable[..., Page],
        publish: Publish,
        here: str,
        at: datetime,
        deliver: Callable[..., int],
    ) -> None:
        work = publish()
        path = f"/es/works/{work.pk}-asincronia-1/"
        page = visit(path)
        _kept(page, path)
        showcase.remove(publication=work, reason="test", at=at)
        deliver()
        page.goto(f"{here}{path}")  # the browser's own cache may answer once more, and asks behind our back
        page.wait_for_timeout(500)
        page.goto(f"{here}{path}")
        expect(page.locator("h1")).not_to_have_text("Asincronía 1")
        _kept(page, path, there=False)

    def test_nothing_of_somebody_signed_in_is_kept(
        self, visit: Callable[..., Page], publish: Publish, here: str, at: datetime
    ) -> None:
        publish()
        client = Client()
        account = an_account("Ana", at=at)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = visit("/es/", session=client.cookies[settings.SESSION_COOKIE_NAME].value)
        for path in ("/es/desk/", "/es/", "/es/explore/"):
            page.goto(f"{here}{path}")
        page.wait_for_timeout(300)
        assert page.evaluate(_KEPT) == []
        _offline(page.context)
        page.goto(f"{here}/es/desk/")
        assert "Ana" not in page.content()
        expect(page.locator("#kept_none")).to_be_visible()


def test_signing_out_clears_what_the_browser_kept(at: datetime, db: None) -> None:  # noqa: ARG001 - asked for its effect
    browser = browser_of(an_account("Ana", at=at))
    browser.defaults["HTTP_HOST"] = "altavoz.example"
    assert "Clear-Site-Data" not in browser.get("/es/desk/").headers
    answer = browser.post("/es/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_service_worker_is_small_and_of_this_site(browser: Browser) -> None:
    answer = browser.get("/sw.js")
    script = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("public, max-age=0")
    assert len(script) < 8_000
    assert "http" not in script.replace("https://altavoz.example", "")
    assert re.search(r'const VERSION = "[0-9a-f]{12}";', script)


def test_the_offline_page_is_the_same_for_all(browser: Browser) -> None:
    page = browser.get("/ja/offline/")
    assert page.status_code == 200
    assert "public" in page.headers["Cache-Control"]
    assert 'content="noindex"' in page.content.decode()


def test_every_page_can_say_that_it_is_a_copy(browser: Browser, publish: Publish) -> None:
    publish()
    html = browser.get("/en/").content.decode()
    assert '<p class="offline-copy" hidden>You are offline. This is how the page was on {when}.</p>' in html
    assert '<link rel="manifest" href="/en/manifest.webmanifest">' in html
