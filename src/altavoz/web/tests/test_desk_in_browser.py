"""The moderation desk in a real browser: by keyboard alone in three scripts, and with one thumb on a small phone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from altavoz.moderation import actions as moderation
from altavoz.moderation.models import Lease, Vote
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import State
from altavoz.web.tests.chromium import IN_CHROMIUM
from altavoz.web.tests.people import an_account, in_team

pytestmark = IN_CHROMIUM
TITLES = {"es": "Bucles sin miedo", "ar": "حلقات بايثون", "ja": "ループ入門"}
Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def _here(settings: LazySettings, live_server: LiveServer) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def open_desk(chromium: Browser, live_server: LiveServer) -> Open:
    """Return the desk of a person, in their language, on a screen of that width."""

    def make(account: Account, *, width: int = 1280, **options: Any) -> Page:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(viewport={"width": width, "height": 740}, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/{account.language}/moderate/")
        return page

    return make


def _moderator(language: str, at: datetime) -> Account:
    return in_team(an_account(f"Mod-{language}", at=at, language=language), "moderation", language, at=at)


def _wait_for(language: str, creator: Creator, at: datetime) -> None:
    """Put a work before the moderators of a language."""
    work = Publication.objects.create(
        state=State.PENDING,
        newest=1,
        submitted=1,
        language=language,
        lead=creator,
        gathered_at=at,
        changed_at=at,
    )
    Revision.objects.create(
        publication=work, number=1, digest="1", created_at=at, kind="article", title=TITLES[language],
        slug="x", summary="…", metadata_language=language, spoken_language=language, url="https://x.example/",
    )  # fmt: skip
    Credit.objects.create(publication=work, creator=creator)
    moderation.open_case(subject=work.subject, revision=1, kind="intake", language=language, at=at)


@pytest.mark.parametrize("language", ["es", "ar", "ja"])
def test_a_case_is_decided_by_keyboard_alone(
    language: str, open_desk: Open, creator: Creator, at: datetime
) -> None:
    _wait_for(language, creator, at)
    page = open_desk(_moderator(language, at))
    page.keyboard.press("KeyN")
    expect(page.locator("h1")).to_have_text(TITLES[language])
    page.wait_for_load_state()  # the keys work from then on
    expect(page.locator("h1")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    page.keyboard.press("Shift+Slash")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("KeyR")  # no rule yet: it says so and leads to the search
    expect(page.locator("#said")).not_to_be_empty()
    expect(page.locator("#rules_q")).to_be_focused()
    page.keyboard.type(page.locator(".rule:has([value=spam]) label").inner_text())
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("KeyR")
    expect(page.locator('[role="status"].tone-good')).to_be_visible()
    assert list(Vote.objects.values_list("verdict", "clauses")) == [("reject", ["spam"])]


def test_enter_never_decides(open_desk: Open, creator: Creator, at: datetime) -> None:
    _wait_for("es", creator, at)
    page = open_desk(_moderator("es", at))
    page.keyboard.press("KeyN")
    expect(page.locator("h1")).to_have_text(TITLES["es"])
    page.wait_for_load_state()  # the keys work from then on
    for place in ("#rules_q", ".rule input >> nth=0", "#vote_note_language"):
        page.locator(place).focus()
        page.keyboard.press("Enter")
    page.locator("#vote_note").focus()
    page.keyboard.type("Rare aaa")  # letters in a text are letters
    expect(page.locator("#vote_note")).to_have_value("Rare aaa")
    assert not Vote.objects.exists()


def test_the_beat_keeps_the_case_and_tells_when_it_is_lost(
    open_desk: Open, creator: Creator, at: datetime
) -> None:
    _wait_for("es", creator, at)
    page = open_desk(_moderator("es", at))
    page.clock.install()
    page.keyboard.press("KeyN")
    expect(page.locator("h1")).to_have_text(TITLES["es"])
    page.wait_for_load_state()  # the keys work from then on
    page.locator("#vote_note").fill("Mira")
    before = Lease.objects.get().expires_at
    with page.expect_response("**/renew/") as answer:
        page.clock.run_for(61_000)
    assert answer.value.status == 200
    assert Lease.objects.get().expires_at > before
    lease = Lease.objects.get()
    moderation.release(token=lease.token, by=lease.moderator, at=before)
    page.clock.run_for(61_000)
    expect(page.locator("#said")).to_contain_text(page.locator("#said").get_attribute("data-lost") or "?")
    expect(page.locator("#vote_note")).to_have_value("Mira")


def test_one_thumb_is_enough(open_desk: Open, creator: Creator, at: datetime) -> None:
    _wait_for("ar", creator, at)
    page = open_desk(_moderator("ar", at), width=360, has_touch=True, is_mobile=True)
    page.locator("[data-code=KeyN]").tap()
    expect(page.locator("h1")).to_have_text(TITLES["ar"])
    page.wait_for_load_state()  # the keys work from then on
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for button in page.locator(".verdicts button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["y"] + box["height"] <= 740  # in reach without scrolling
    page.locator("[value=approve]").tap()
    expect(page.locator('[role="status"].tone-good')).to_be_visible()
    assert list(Vote.objects.values_list("verdict", flat=True)) == ["approve"]


def test_it_works_without_script(open_desk: Open, creator: Creator, at: datetime) -> None:
    _wait_for("ja", creator, at)
    page = open_desk(_moderator("ja", at), java_script_enabled=False)
    page.locator("[data-code=KeyN]").click()
    page.locator("[value=changes]").click()
    expect(page.locator('[role="alert"]')).to_be_visible()
    page.locator("[value=broken_link]").check()
    page.locator("[value=changes]").click()
    page.wait_for_url("**/moderate/")
    assert list(Vote.objects.values_list("verdict", "clauses")) == [("changes", ["broken_link"])]


def test_enter_decides_nothing_without_script_either(open_desk: Open, creator: Creator, at: datetime) -> None:
    _wait_for("ja", creator, at)
    page = open_desk(_moderator("ja", at), java_script_enabled=False)
    page.locator("[data-code=KeyN]").click()
    page.locator("[value=broken_link]").press("Enter")
    expect(page.locator('[role="alert"]')).to_be_visible()
    assert not Vote.objects.exists()
