"""The list in a real browser: a swap keeps focus and folds, equals a reload, and says when no answer came."""

import re

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from altavoz.web.tests.chromium import IN_CHROMIUM
from altavoz.web.tests.conftest import Publish

pytestmark = IN_CHROMIUM
_SHOWN = """() => document.getElementById("explore").outerHTML.replace(/ open=""/g, "")"""


@pytest.fixture
def explore(chromium: Browser, live_server: LiveServer, settings: LazySettings, publish: Publish) -> Page:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url
    for number in range(3):
        publish(number)
    publish(3, spoken_language="ar", title="بايثون", kind="article")
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, service_workers="block")
    page.goto(f"{live_server.url}/en/explore/")
    return page


def test_a_facet_swaps_the_list_and_keeps_the_focus(explore: Page) -> None:
    explore.locator("summary", has_text="Kind").click()
    article = explore.locator(".facet a", has_text="Article")
    article.focus()
    explore.keyboard.press("Enter")
    expect(explore).to_have_url(re.compile("kind=article"))
    expect(explore.locator(".work-card")).to_have_count(1)
    expect(explore.locator(".facet a", has_text="Article")).to_be_focused()
    expect(explore.locator(".facet[data-keep=kind]")).to_have_attribute("open", "")
    expect(explore.locator("#live")).to_have_text("1 work")
    swapped = explore.evaluate(_SHOWN)
    explore.reload()
    assert explore.evaluate(_SHOWN) == swapped


def test_back_shows_the_list_from_before(explore: Page) -> None:
    explore.locator(".facet a", has_text="العربية").click()
    expect(explore.locator(".work-card")).to_have_count(1)
    explore.go_back()
    expect(explore.locator(".work-card")).to_have_count(4)


def test_it_says_so_when_no_answer_comes(explore: Page) -> None:
    words = explore.locator("[data-broken]")
    expect(words).to_be_hidden()
    explore.route("**/explore/**", lambda route: route.abort())
    explore.locator(".facet a", has_text="العربية").click()
    expect(words).to_be_visible()
    expect(explore.locator(".work-card")).to_have_count(4)
    explore.unroute("**/explore/**")
    explore.locator(".facet a", has_text="العربية").click()
    expect(explore.locator(".work-card")).to_have_count(1)
    expect(words).to_be_hidden()


def test_on_a_phone_the_filters_fold_into_a_bar_in_sight(explore: Page) -> None:
    explore.set_viewport_size({"width": 360, "height": 640})
    bar = explore.locator(".explore-filters > summary")
    expect(explore.locator(".facets")).to_be_hidden()
    explore.mouse.wheel(0, 400)
    expect(bar).to_be_in_viewport()
    bar.click()
    expect(explore.locator(".facets")).to_be_visible()


def test_everything_works_without_script(chromium: Browser, explore: Page) -> None:
    plain = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640}).new_page()
    plain.goto(explore.url)
    plain.locator(".explore-filters > summary").click()
    plain.locator(".facet a", has_text="العربية").click()
    expect(plain.locator(".work-card")).to_have_count(1)
    plain.locator("#search-q").fill("zzzz")
    plain.keyboard.press("Enter")
    expect(plain.locator(".empty-state")).to_be_visible()
