"""Adding in a real browser: by keyboard alone, without script, right to left, and with what strangers write."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import LazySettings
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from altavoz.ingest.models import Discovery
from altavoz.showcase.models import Suggestion
from altavoz.web.tests.chromium import IN_CHROMIUM

pytestmark = IN_CHROMIUM
HOSTILE = "<b>ليلى</b> \u202e" + "W" * 200 + " 👩🏽‍💻"
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>https://b.example/</link>'
    "<item><title>{title}</title><guid>1</guid></item></channel></rss>"
)


@pytest.fixture
def feed(httpserver: HTTPServer, settings: LazySettings, live_server: LiveServer) -> str:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    title = HOSTILE.replace("<", "&lt;")
    body = FEED.format(title=title)
    httpserver.expect_request("/feed.xml").respond_with_data(body, content_type="application/rss+xml")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return httpserver.url_for("/feed.xml")


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    contexts = []

    def make(path: str, **options: object) -> Page:
        given = {"viewport": {"width": 360, "height": 740}, "service_workers": "block"} | options
        contexts.append(chromium.new_context(**given))  # type: ignore[arg-type]  # options of many types
        page = contexts[-1].new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield make
    for context in contexts:
        context.close()


def _work(deliver: Callable[..., int]) -> None:
    """Let the worker do what waits, in a thread: Playwright has an event loop in this one."""

    def run() -> None:
        deliver()
        connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize("language", ["es", "ar", "ja"])
def test_by_keyboard_alone(
    open_page: Callable[..., Page], feed: str, deliver: Callable[..., int], language: str
) -> None:
    page = open_page(f"/{language}/add/")
    page.locator("#content").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#id_address")).to_be_focused()
    page.keyboard.type(feed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/**")
    expect(page.locator(".looking-now")).to_be_visible()
    _work(deliver)
    expect(page.locator("#found")).to_contain_text("ليلى", timeout=5_000)  # it came by itself
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#found b").count() == 0
    title, head = page.title(), page.locator("#look").inner_text()
    page.reload()
    assert [page.title(), page.locator("#look").inner_text()] == [title, head]
    page.locator("main form button").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[role="alert"]')).to_be_focused()  # the summary of errors
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#add_email")).to_be_focused()  # its link leads to the question
    assert not Suggestion.objects.exists()


def test_without_script(open_page: Callable[..., Page], feed: str, deliver: Callable[..., int]) -> None:
    page = open_page("/en/add/", java_script_enabled=False)
    page.fill("#id_address", feed)
    page.click("main form button")
    page.wait_for_url("**/found/**")
    _work(deliver)
    expect(page.locator("#found")).to_contain_text("ليلى", timeout=10_000)  # the page loads itself again
    page.fill("#add_email", "ana@example.org")
    page.fill("#add_name", "Ana")
    page.click("main form:has(#add_email) button")
    expect(page.locator('[role="alert"]')).to_contain_text("very quick")
    page.wait_for_timeout(3_100)
    page.click("main form:has(#add_email) button")
    page.wait_for_url("**/thanks/")
    assert Suggestion.objects.get().name == "Ana"


def test_what_cannot_be_added_takes_the_focus(
    open_page: Callable[..., Page], feed: str, deliver: Callable[..., int]
) -> None:
    page = open_page("/ar/add/")
    page.fill("#id_address", feed.replace("feed.xml", "nothing"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/**")
    _work(deliver)
    expect(page.locator("h1")).to_be_focused(timeout=5_000)
    expect(page.locator(".notice")).to_be_visible()
    assert page.locator("#id_address").input_value().endswith("/nothing")


def test_a_worker_killed_half_way_is_replaced_while_people_watch(
    open_page: Callable[..., Page], feed: str, deliver: Callable[..., int]
) -> None:
    page = open_page("/es/add/")
    page.fill("#id_address", feed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/**")
    long_ago = timezone.now() - timedelta(minutes=1)
    Discovery.objects.update(state="looking", step="feed", lease_until=long_ago)  # as it left it
    page.wait_for_timeout(1_200)  # the page asks, and its question queues the look again
    _work(deliver)
    expect(page.locator("#found")).to_be_visible(timeout=5_000)


def test_a_long_address_is_said_to_be_one(open_page: Callable[..., Page], feed: str) -> None:
    del feed
    page = open_page("/ja/add/")
    page.locator("#id_address").evaluate("(one) => { one.removeAttribute('maxlength'); }")
    page.fill("#id_address", "https://b.example/" + "a" * 10_000)
    page.keyboard.press("Enter")
    expect(page.locator('[role="alert"]')).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
