"""Everybody can use every page: axe, and what axe cannot see, in three scripts, light and dark, narrow and wide.

The pages come from the address table: a page that nobody wrote an example for fails the first test.
"""

import asyncio
from collections.abc import Collection
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page

from tests.conftest import CHROMIUM, Demo
from tests.pages import NO_PAGES, PAGES, Guide, in_a_thread, known, people

LANGUAGES: Final = ("es", "ar", "ja")
WIDTHS: Final = (360, 1280)
_AT_ONCE = 3
_AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: What light and width can change; everything else is looked at once a page.
_VISUAL = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "region")
#: The gallery shows the head of the page twice, and each part with nothing in it and with what no page would hold.
_ALLOWED = {
    "gallery/": {"landmark-unique", "empty-table-header", "link-name", "target-size", "valid-lang"},
}
_RUN_AXE = """async (options) => (await axe.run(document, options)).violations.map(
    (each) => [each.id, each.nodes[0].html.slice(0, 200)])"""
_LOOK = """(language) => {
    const wrong = [];
    const say = (rule, what) => wrong.push([rule, String(what).slice(0, 200)]);
    const root = document.documentElement;
    if (root.lang !== language) say("language-of-page", root.lang);
    if (root.dir !== (language === "ar" ? "rtl" : "ltr")) say("direction-of-page", root.dir);
    const heads = document.querySelectorAll("h1");
    if (heads.length !== 1) say("one-h1", [...heads].map((head) => head.textContent).join(" | "));
    if (!document.title.trim()) say("title", document.title);
    const reached = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const focusable = [...document.querySelectorAll(reached)]
        .filter((one) => !one.disabled && one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility());
    const skip = focusable[0];
    if (!skip || skip.getAttribute("href") !== "#content" || !document.getElementById("content")) {
        say("skip-link-first", skip ? skip.outerHTML : "nothing to focus");
    }
    const drawn = (one) => { const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"; };
    const ink = (one) => [...one.querySelectorAll("*")].map((part) => {
        const style = getComputedStyle(part); return style.stroke + style.strokeWidth; }).join();
    for (const one of focusable.slice(0, 80)) {
        const before = one instanceof SVGElement ? ink(one) : "";
        one.focus({ preventScroll: true });
        if (document.activeElement !== one) continue;
        let shown = false;
        for (let at = one, up = 0; at && up < 4; at = at.parentElement, up += 1) shown ||= drawn(at);
        if (before && ink(one) !== before) shown = true;
        if (!shown && one.labels) shown = [...one.labels].some(drawn);
        if (!shown) { say("focus-visible", one.outerHTML); break; }
    }
    document.activeElement.blur();
    return wrong;
}"""
_SIDEWAYS = """() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return "";
    const wide = [...document.querySelectorAll("main *")].find((one) => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > window.innerWidth + 1 || box.left < -1);
    });
    return wide ? wide.outerHTML.slice(0, 200) : "scrolls";
}"""

Wrong = list[tuple[str, str]]


def test_every_page_has_an_example() -> None:
    listed = [name for names in (*PAGES.values(), *NO_PAGES.values()) for name in names]
    assert sorted(set(listed)) == sorted(listed), "listed twice"
    assert known() - set(listed) == set(), (
        "a page without an example: add it to PAGES, or to NO_PAGES with a reason"
    )
    assert set(listed) - known() == set(), "an example without a page"


async def _wrong_with(page: Page, url: str, language: str) -> dict[str, Wrong]:
    """Return what is wrong with a page in each view; rules that views do not change are asked in the first."""
    found: dict[str, Wrong] = {}
    await page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    await page.emulate_media(color_scheme="light")
    await page.goto(url)
    await page.evaluate(_axe())
    await page.keyboard.press("Tab")
    first: Wrong = await page.evaluate(_LOOK, language)
    whole = {"runOnly": {"type": "tag", "values": _AXE_TAGS}, "resultTypes": ["violations"]}
    allowed = _ALLOWED.get(url.split(f"/{language}/", 1)[1], set())
    first += [each for each in await page.evaluate(_RUN_AXE, whole) if each[0] not in allowed]
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            wrong = first if (width, scheme) == (WIDTHS[0], "light") else await _visual(page, allowed)
            if scheme == "light" and (wide := await page.evaluate(_SIDEWAYS)):
                wrong = [*wrong, ("scrolls-sideways", wide)]
            if wrong:
                found[f"{urlsplit(url).path} {width} {scheme}"] = wrong
    return found


async def _visual(page: Page, allowed: Collection[str]) -> Wrong:
    rules = {"runOnly": {"type": "rule", "values": _VISUAL}, "resultTypes": ["violations"]}
    wrong: Wrong = await page.evaluate(_RUN_AXE, rules)
    return [each for each in wrong if each[0] not in allowed]


def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


async def _look_at_everything(demo: Demo) -> dict[str, Wrong]:
    found: dict[str, Wrong] = {}
    async with people(demo) as contexts:
        visits = await Guide(demo, contexts).visits()
        waiting = [(visit, language) for visit in visits for language in LANGUAGES]

        async def look() -> None:
            while waiting:
                visit, language = waiting.pop()
                page = await contexts[visit.role].new_page()
                found.update(await _wrong_with(page, f"{demo.site}/{language}/{visit.path}", language))
                await page.close()

        await asyncio.gather(*(look() for _ in range(_AT_ONCE)))
    return found


@pytest.mark.browser
@pytest.mark.processes
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_everybody_can_use_every_page(demo: Demo) -> None:
    assert in_a_thread(lambda: _look_at_everything(demo)) == {}
