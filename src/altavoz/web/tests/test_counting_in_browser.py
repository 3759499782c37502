"""The beacon in a real browser: seen, read, left for the original; no cookie, nobody else asked, wishes respected."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from altavoz.insights import actions
from altavoz.insights.actions import counting, keys
from altavoz.insights.models import Daily
from altavoz.showcase.models import Publication
from altavoz.web.tests.chromium import IN_CHROMIUM
from altavoz.web.tests.conftest import Publish

pytestmark = IN_CHROMIUM
#: A browser that a person sits before does not say "headless".
_PERSON: dict[str, Any] = {
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
    "locale": "es-MX",
}
_NOT_DRIVEN = "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })"


@pytest.fixture(autouse=True)
def _here(settings: LazySettings, live_server: LiveServer) -> Iterator[None]:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url
    counting.buffer.take()
    counting.quota.clear()
    keys.ring.drop()
    yield
    counting.buffer.take()
    keys.ring.drop()


def a_person(chromium: Browser, **more: Any) -> BrowserContext:
    context = chromium.new_context(**(_PERSON | more))
    if more.get("java_script_enabled", True):
        context.add_init_script(_NOT_DRIVEN)
    return context


def opened(context: BrowserContext, live_server: LiveServer, work: Publication) -> tuple[Page, list[str]]:
    """Open the work's page with time in our hands; return it with all that it asks for or complains of."""
    page, noted = context.new_page(), []
    page.on("request", lambda asked: noted.append(asked.url))
    page.on("console", lambda said: noted.append(said.text) if said.type == "error" else None)
    page.clock.install()
    page.goto(f"{live_server.url}/es/works/{work.pk}-asincronia-1/")
    return page, noted


def counted() -> list[tuple[object, ...]]:
    actions.flush(at=timezone.now())
    return list(Daily.objects.order_by("pk").values_list("language", "source", "views", "reads", "clicks"))


def test_a_visit_is_counted_and_leaves_nothing(
    chromium: Browser, live_server: LiveServer, publish: Publish
) -> None:
    work = publish()
    context = a_person(chromium)
    page, noted = opened(context, live_server, work)
    page.wait_for_timeout(300)
    assert counted() == [("es", "direct", 1, 0, 0)]
    page.clock.run_for(25_000)
    page.wait_for_timeout(200)
    assert counted() == [("es", "direct", 1, 0, 0)]  # it lay there, but nobody moved
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert counted() == [("es", "direct", 1, 1, 0)]
    page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
    original = "https://www.youtube.com/watch?v=abcdefghij1"
    page.locator(f"main a.button[href='{original}']").first.click()
    page.wait_for_timeout(300)
    assert counted() == [("es", "direct", 1, 1, 1)]
    assert {urlsplit(line).netloc for line in noted} == {
        urlsplit(live_server.url).netloc
    }  # no complaint either
    assert [line for line in noted if "/count" in line] == [f"{live_server.url}/count/"] * 3
    assert context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    context.close()


def test_who_comes_from_a_list_of_ours_comes_from_us(
    chromium: Browser, live_server: LiveServer, publish: Publish
) -> None:
    work = publish()
    context = a_person(chromium)
    page = context.new_page()
    page.goto(f"{live_server.url}/es/explore/")
    page.locator(f"main a[href^='/es/works/{work.pk}-']").first.click()
    page.wait_for_url("**/works/**")
    page.locator("h1.work-title").wait_for()  # the page of the work, and not a part of the list
    page.wait_for_timeout(400)
    assert counted() == [("es", "own", 1, 0, 0)]
    context.close()


@pytest.mark.parametrize(
    "wish",
    [
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })",
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })",
        "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => true })",
    ],
)
def test_wishes_are_respected_before_anything_is_sent(
    chromium: Browser, live_server: LiveServer, publish: Publish, wish: str
) -> None:
    context = chromium.new_context(**_PERSON)
    context.add_init_script(wish if "webdriver" in wish else f"{_NOT_DRIVEN}; {wish}")
    page, noted = opened(context, live_server, publish())
    page.wait_for_timeout(300)
    assert [line for line in noted if "/count" in line] == []
    assert counted() == []
    context.close()


def test_without_script_the_view_counts_once(
    chromium: Browser, live_server: LiveServer, publish: Publish
) -> None:
    work = publish()
    context = a_person(chromium, java_script_enabled=False)
    page = context.new_page()
    for _ in range(2):
        page.goto(f"{live_server.url}/ar/works/{work.pk}-asincronia-1/")
        page.wait_for_timeout(300)
    assert counted() == [("ar", "direct", 1, 0, 0)]
    assert context.cookies() == []
    context.close()
