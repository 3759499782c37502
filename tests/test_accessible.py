"""Axe finds nothing on the pages that everybody meets: in three scripts, light and dark, on a phone and on a desk."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PAGES = (
    "",
    "explore/",
    "explore/?q=python",
    "languages/",
    "languages/es/",
    "creators/",
    "add/",
    "guidelines/",
    "transparency/",
    "about/",
    "account/login/",
    "nowhere/",
)
VIEWS = [("es", "light", 1280), ("ar", "dark", 360), ("ja", "light", 360), ("es", "dark", 360)]


DESKS = [
    ("Creator · La Culebra Curiosa", "es", "desk/"),
    ("Moderator · Arabic", "ar", "moderate/"),
    ("Promoter · Spanish and others", "es", "promote/?language=ja"),
    ("Moderator · Japanese", "ja", "settings/"),
]


def _wrong_with(page: Page, url: str) -> list[tuple[str, str]]:
    """Return the rules a page breaks, each with where; a page that scrolls sideways breaks one of ours."""
    page.goto(url)
    found = [(each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(("scrolls-sideways", url))
    return found


@pytest.mark.parametrize(("language", "scheme", "width"), VIEWS)
def test_everybody_can_use_the_public_pages(
    chromium: Browser, demo: Demo, language: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    shown = []
    for listed, kind in (("explore", "works"), ("creators", "creators")):
        page.goto(f"{demo.site}/{language}/{listed}/")
        link = page.locator(f"main a[href^='/{language}/{kind}/']:not([href*='?'])").first
        shown.append(link.get_attribute("href", timeout=5_000))
    addresses = [f"/{language}/{path}" for path in PAGES] + [str(href) for href in shown if href]
    found = {path: wrong for path in addresses if (wrong := _wrong_with(page, f"{demo.site}{path}"))}
    context.close()
    assert found == {}


@pytest.mark.parametrize(("role", "language", "path"), DESKS)
def test_everybody_can_use_the_desks(
    chromium: Browser, demo: Demo, role: str, language: str, path: str
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(demo.links[role])
    assert _wrong_with(page, f"{demo.site}/{language}/{path}") == []
    context.close()
