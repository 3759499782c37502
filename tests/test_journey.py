"""The main job, played by hand: one channel from its address to every place it reaches, and back out again."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TITLE = "Capítulo 3: el día que borré la base de datos"
EDITED = f"{TITLE} (edición corregida)"
_PATIENCE_S = 200
_T = TypeVar("_T")


@pytest.fixture
def enter(chromium: Browser, demo: Demo) -> Iterator[Callable[[str], Page]]:
    """Return a function that signs a person of the demo in, in a browser of their own."""
    contexts = []

    def enter(role: str) -> Page:
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        if role:
            page.goto(demo.links[role])
        return page

    yield enter
    for context in contexts:
        context.close()


def test_a_channel_is_heard_everywhere_and_can_fall_silent_again(
    enter: Callable[[str], Page], demo: Demo
) -> None:
    owner = enter("Newcomer · adds Radio Tortuga by hand")
    site = enter("")
    site.goto(f"{demo.creators}/radio-tortuga/")
    _add_and_prove(owner, site, demo)
    _press(site, "publish")  # the hub tells Altavoz at once

    moderators = [enter("Moderator · Spanish"), enter("Moderator · Spanish, the second pair of eyes")]
    assert _search(demo, "es", TITLE) is None
    _until(lambda: _decide_all(moderators) >= 0 and _search(demo, "es", TITLE) is not None)
    work = _search(demo, "es", TITLE)
    assert work is not None
    for language in ("es", "en", "ar"):
        assert _search(demo, language, TITLE) == work
        assert _status(f"{demo.site}/{language}/{work}") == 200
    _feeds_have(demo, TITLE, present=True)

    posts = _until(lambda: _posts(demo, TITLE))
    assert [(post["language"], f"/es/{_numbered(work)}-" in post["text"]) for post in posts] == [("es", True)]

    _press(site, "edit")
    _until(lambda: _change_is_shown(moderators[0], demo))
    assert _search(demo, "es", TITLE) == work  # the approved words stay until volunteers approve the new ones
    assert "edición corregida" not in _text(f"{demo.site}/es/{work}")
    _decide_all(moderators)
    _until(lambda: "edición corregida" in _text(f"{demo.site}/es/{work}"))
    assert len(_posts(demo, TITLE)) == 1

    _withdraw(owner, work, demo)
    _until(
        lambda: all(
            _status(f"{demo.site}/{language}/{work}") in {404, 410} for language in ("es", "en", "ar")
        )
    )
    _until(lambda: _search(demo, "es", TITLE) is None)
    _feeds_have(demo, TITLE, present=False)
    _until(lambda: not _posts(demo, TITLE))


def _until(found: Callable[[], _T]) -> _T:
    """Return what `found` returns once it is something; give up after a while."""
    deadline = time.monotonic() + _PATIENCE_S
    while not (result := found()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)
    return result


def _add_and_prove(owner: Page, site: Page, demo: Demo) -> None:
    owner.fill("input[name=address]", f"{demo.creators}/radio-tortuga/")
    owner.keyboard.press("Enter")
    expect(owner.locator("#found")).to_have_text("Radio Tortuga")
    owner.locator("main form[method=post] button").last.click()
    code = owner.locator("#token_paste").inner_text()
    site.fill("input[name=token]", code)
    site.locator("form:has(input[name=token]) button").click()
    owner.locator("#token form button").click()
    owner.wait_for_load_state()
    _until(lambda: owner.goto(f"{demo.site}/es/desk/") and owner.locator("#creator").count())
    expect(owner.locator("#creator")).to_have_text("Radio Tortuga")


def _press(site: Page, what: str) -> None:
    site.locator(f"form:has(input[value={what}]) button").click()
    site.wait_for_load_state()


def _decide_all(moderators: list[Page]) -> int:
    """Let each moderator approve, by keyboard, whatever they are handed, until nobody is handed anything."""
    decided = 0
    for page in moderators:
        for _ in range(40):
            if not _next_case(page):
                break
            page.keyboard.press("a")
            page.wait_for_url(re.compile(r"/moderate/$"))
            decided += 1
    return decided


def _next_case(page: Page) -> bool:
    page.goto(re.sub(r"(/es/).*", r"\1moderate/", page.url))
    held = page.locator("main a[href*='/cases/']")
    if held.count():
        held.first.click()
        page.wait_for_load_state()
        return True
    button = page.locator("main form[action$='/next/'] button")
    if button.count() == 0 or not button.first.is_enabled():
        return False
    button.first.click()
    page.wait_for_load_state()
    return "/cases/" in page.url


def _change_is_shown(page: Page, demo: Demo) -> bool:
    """Tell whether the next case is the change, with its words marked; it is kept for `_decide_all`."""
    del demo
    if not _next_case(page):
        return False
    return "edición corregida" in page.locator(".diff ins").all_inner_texts().__str__()


def _withdraw(owner: Page, work: str, demo: Demo) -> None:
    owner.goto(f"{demo.site}/es/desk/{_numbered(work)}/withdraw/")
    owner.locator("main form[method=post] button").click()
    owner.wait_for_load_state()


def _numbered(work: str) -> str:
    """Return `works/<number>` of a path with a slug."""
    return work.partition("-")[0]


def _search(demo: Demo, language: str, title: str) -> str | None:
    """Return the path of the work that a search for its title finds first, below the interface language."""
    page = re.sub("</?mark>", "", _text(f"{demo.site}/{language}/explore/?q={quote(title)}"))
    found = re.search(rf'href="/{language}/(works/\d+-[^"]+)"[^>]*>[^<]*{re.escape(title[:12])}', page)
    return quote(found[1], safe="/-%") if found else None


def _feeds_have(demo: Demo, title: str, *, present: bool) -> None:
    for kind in ("atom", "rss"):
        entries = feedparser.parse(_text(f"{demo.site}/feeds/{kind}/")).entries
        assert any(title in entry.title for entry in entries) is present
    items = json.loads(_text(f"{demo.site}/feeds/json/"))["items"]
    assert any(title in item["title"] for item in items) is present


def _posts(demo: Demo, title: str) -> list[dict[str, str]]:
    state = json.loads(_text(f"{demo.network}/__state"))
    return [post for post in state["statuses"] if title[:30] in post["text"]]


def _text(url: str) -> str:
    with urlopen(url, timeout=30) as answer:  # noqa: S310  this machine only
        body: str = answer.read().decode()
        return body


def _status(url: str) -> int:
    try:
        with urlopen(url, timeout=30) as answer:  # noqa: S310  this machine only
            status: int = answer.status
            return status
    except HTTPError as error:
        return error.code
