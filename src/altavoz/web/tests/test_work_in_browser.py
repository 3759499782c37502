"""The page of a work in a real browser: nothing loaded before a click, keys, sharing, reporting, three scripts."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from altavoz.moderation.models import Report, UnconfirmedReport
from altavoz.people.models import Account
from altavoz.showcase.models import Publication, WorkTranslation
from altavoz.showcase.states import Translating
from altavoz.web.tests.chromium import IN_CHROMIUM
from altavoz.web.tests.conftest import Publish
from altavoz.web.tests.people import an_account

pytestmark = IN_CHROMIUM
Open = Callable[..., Page]
WORDS = {
    "ar": ("انتظار بلا توقف", "كيف ننتظر دون أن نتوقف."),
    "ja": ("待つことの入門", "止まらずに待つ方法。"),
}


@pytest.fixture(autouse=True)
def _here(settings: LazySettings, live_server: LiveServer) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Open:
    """Open a path; requests to other sites are answered here and noted in `page.foreign`."""

    def make(path: str, *, account: Account | None = None, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        if account is not None:
            client = Client()
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        page = context.new_page()
        page.foreign = []  # type: ignore[attr-defined]  # read by the tests

        def answer(route: Route, request: Request) -> None:
            page.foreign.append(request.url)  # type: ignore[attr-defined]  # as above
            route.fulfill(body="<title>player</title>", content_type="text/html")

        page.route(lambda url: not url.startswith(live_server.url), answer)
        page.goto(f"{live_server.url}{path}")
        return page

    return make


def _path(work: Publication, language: str = "es") -> str:
    return f"/{language}/works/{work.pk}-asincronia-1/"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_player_loads_when_it_is_asked_for_and_takes_the_focus(
    open_page: Open, publish: Publish, key: str
) -> None:
    page = open_page(_path(publish()))
    page.wait_for_load_state("networkidle")
    assert page.foreign == []  # type: ignore[attr-defined]  # set above
    button = page.locator(".embed-play")
    expect(button).to_have_attribute("role", "button")
    expect(button).to_contain_text("YouTube")
    button.focus()
    page.keyboard.press(key)
    frame = page.locator(".embed iframe")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", "Asincronía 1")
    page.wait_for_load_state("networkidle")
    assert page.foreign == ["https://www.youtube-nocookie.com/embed/abcdefghij1?autoplay=1"]  # type: ignore[attr-defined]  # as above
    page.clock.install()
    expect(page.locator("[data-embed-after] a")).to_be_visible()  # what to do if nothing plays


def test_audio_plays_with_the_browsers_own_buttons_and_says_when_it_cannot(
    open_page: Open, publish: Publish, live_server: LiveServer
) -> None:
    heard = publish(media_url=f"{live_server.url}/static/no-such.mp3", media_type="audio/mpeg")
    page = open_page(_path(heard))
    page.locator(".embed-play").click()
    expect(page.locator("audio[controls]")).to_be_focused()
    expect(page.locator("[data-embed-after] a")).to_be_visible()


def test_without_script_it_is_a_link(open_page: Open, publish: Publish) -> None:
    work = publish()
    page = open_page(_path(work), java_script_enabled=False)
    expect(page.locator(".embed-play")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=abcdefghij1"
    )
    page.locator(".share summary").click()
    expect(page.locator("#share_address")).to_be_visible()
    expect(page.locator(".share-server")).to_be_hidden()
    expect(page.locator("[data-web-share]")).to_be_hidden()
    page.locator(".cite summary").click()
    expect(page.locator("#cite_bib")).to_be_visible()


def test_sharing_without_the_browsers_own_way_copies_the_address(open_page: Open, publish: Publish) -> None:
    page = open_page(_path(publish()), permissions=["clipboard-read", "clipboard-write"])
    page.locator(".share summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-web-share]")).to_be_hidden()  # Chromium has none on Linux
    page.locator("[data-take=share_address]").click()
    expect(page.locator("#live")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.locator(".cite summary").click()
    page.locator("[data-take=cite_bib]").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@online{altavoz")
    assert page.foreign == []  # type: ignore[attr-defined]  # set above


def test_sharing_with_the_browsers_own_way(open_page: Open, publish: Publish) -> None:
    page = open_page(_path(publish()))
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); };")
    page.reload()
    page.locator(".share summary").click()
    page.locator("[data-web-share]").click()
    assert page.evaluate("window.shared") == {"url": page.url, "title": "Asincronía 1"}


def test_mastodon_is_the_persons_own_server_and_remembered_here_only(
    open_page: Open, publish: Publish
) -> None:
    page = open_page(_path(publish()))
    page.locator(".share summary").click()
    field = page.locator("#share_server")
    field.fill("not a server")
    field.press("Enter")
    assert len(page.context.pages) == 1
    field.fill("https://@ana@Hachyderm.example/@ana")
    with page.context.expect_page() as opened:
        field.press("Enter")
    wanted = "https://hachyderm.example/share?text=Asincron%C3%ADa%201%0Ahttp"
    assert opened.value.url.startswith(wanted) or opened.value.url == "chrome-error://chromewebdata/"
    page.reload()
    page.locator(".share summary").click()
    expect(page.locator("#share_server")).to_have_value("hachyderm.example")
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["ar", "ja"])
@pytest.mark.parametrize("script", [True, False])
def test_the_original_is_one_key_away_from_its_translation(
    open_page: Open, publish: Publish, at: datetime, language: str, *, script: bool
) -> None:
    work = publish()
    title, summary = WORDS[language]
    WorkTranslation.objects.create(
        publication=work, revision=work.revisions.get(), language=language, title=title, summary=summary,
        state=Translating.SHOWN, made_at=at, changed_at=at,
    )  # fmt: skip
    page = open_page(
        _path(work, language), java_script_enabled=script, viewport={"width": 360, "height": 740}
    )
    heading, translation = page.locator("h1"), page.locator(".work-translated")
    expect(heading).to_have_text("Asincronía 1")
    expect(translation).to_have_text(title)
    assert heading.bounding_box()["y"] < translation.bounding_box()["y"]  # type: ignore[index]  # both are seen
    assert translation.evaluate("it => getComputedStyle(it).direction") == (
        "rtl" if language == "ar" else "ltr"
    )
    expect(page.get_by_text(summary)).to_be_visible()
    original = page.locator(".work-original .work-summary")
    expect(original).to_be_hidden()
    page.locator(".work-original summary").focus()
    page.keyboard.press("Enter")
    expect(original).to_be_visible()
    expect(original).to_have_attribute("lang", "es")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["es", "ar", "ja"])
def test_a_report_by_keyboard_alone(open_page: Open, publish: Publish, language: str, at: datetime) -> None:
    work = publish()
    page = open_page(
        f"/{language}/report/{work.subject}/", account=an_account("Bea", at=at, language=language)
    )
    page.wait_for_timeout(3_100)  # people need that long
    button = page.locator("main form button[type=submit]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-focus]")).to_be_focused()  # nothing was chosen yet
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the question
    page.wait_for_url(re.compile("#report_clause"))
    page.keyboard.press("Tab")
    expect(page.locator("[name=clause]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("[name=note]")).to_be_focused()
    page.keyboard.type("3:15")
    page.keyboard.press("Tab")
    expect(page.locator("[name=note_language]")).to_be_focused()
    page.wait_for_timeout(3_100)
    page.keyboard.press("Tab")
    expect(button).to_be_focused()  # the field that nobody sees is passed over
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{language}/report/thanks/"))
    assert list(Report.objects.values_list("subject", "note")) == [(work.subject, "3:15")]


def test_a_report_without_an_account_on_a_small_phone(open_page: Open, publish: Publish) -> None:
    work = publish()
    page = open_page(f"/ar/report/{work.subject}/", viewport={"width": 360, "height": 740})
    page.locator("[value=spam]").check()
    page.locator("[name=email]").fill("haru@example.org")
    page.wait_for_timeout(3_100)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/ar/report/mailed/")
    assert UnconfirmedReport.objects.get().address == "haru@example.org"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []
