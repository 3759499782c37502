"""Everybody can use every page: axe, and what axe cannot see, in three scripts, light and dark, narrow and wide.

The pages come from the address table: a page that nobody wrote an example for fails the first test.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from threading import Thread
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import pytest
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override
from playwright.async_api import BrowserContext, Page, async_playwright

from tests.conftest import CHROMIUM, Demo

LANGUAGES: Final = ("es", "ar", "ja")
WIDTHS: Final = (360, 1280)
_AT_ONCE = 3

#: Who must be signed in to see a page; the link of the demo that signs them in.
ROLES: Final = {
    "visitor": "",
    "creator": "Creator · La Culebra Curiosa",
    "moderator": "Moderator · Spanish",
    "promoter": "Promoter · Spanish and others",
}
#: Every page, under who sees it. Those with a part that varies are found by following links.
PAGES: Final[dict[str, tuple[str, ...]]] = {
    "visitor": (
        "web:home", "web:explore", "web:languages", "web:language", "web:work", "web:report",
        "web:report_thanks", "web:report_mailed", "web:confirm_report", "web:creators", "web:creator",
        "web:creator_embed", "web:guidelines", "web:transparency", "web:about", "web:privacy",
        "web:accessibility", "web:add", "web:found", "web:add_thanks", "web:confirm_suggestion", "web:offline",
        "web:gallery", "developers:api", "account_login", "account_signup", "account_request_login_code",
        "socialaccount_login_cancelled", "socialaccount_login_error",
    ),
    "creator": (
        "web:prove", "web:desk", "web:desk_work", "web:desk_claims", "web:work_language", "web:withdraw",
        "web:desk_work_reach", "web:desk_reach", "web:desk_channel", "web:remove_channel", "web:edit_creator",
        "web:translate_work", "people:settings", "people:delete", "people:affiliations",
        "account_email", "account_logout", "mfa_index", "socialaccount_connections",
    ),
    "moderator": ("web:moderate", "web:case", "web:leads", "web:catalogues", "people:teams", "people:team"),
    "promoter": ("web:promote", "web:posts", "web:post", "web:connect_channel", "web:channel"),
}  # fmt: skip
#: What is asked with a question of its own, too.
QUESTIONS: Final = {"web:explore": ("?q=python", "?q=nothingatall", "?language=es&kind=video")}
#: Addresses that show no page of ours, and why.
NO_PAGES: Final[dict[str, tuple[str, ...]]] = {
    "buttons: they answer a post and lead to a page": (
        "web:check_proof", "web:visit_channel", "web:want_everything", "web:next_case", "web:hand_back",
        "web:propose_adoption", "web:second_adoption", "web:revoke_adoption", "web:renew_case", "web:skip_case",
        "web:recuse_case", "web:decide_post", "web:pause_channel", "web:resume_channel", "web:remove_translation",
        "people:end_affiliation", "people:join_team", "people:leave_team", "people:change_role", "people:export",
    ),
    "files for machines": (
        "web:voice_map", "web:work_bibtex", "web:work_cff", "web:work_calendar", "web:desk_work_reach_file",
        "web:desk_reach_file", "web:manifest",
    ),
    "sign-in steps that lead on, or need a device or a code: tested beside the code of `people`": (
        "people:demo_sign_in", "account_inactive", "account_reauthenticate", "account_email_verification_sent",
        "account_confirm_login_code", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn", "socialaccount_signup",
    ),
    "passwords do not exist here: they lead to the settings": (
        "None", "account_change_password", "account_set_password", "account_reset_password",
        "account_reset_password_from_key_done", "account_reset_password_from_key", "account_reset_password_done",
    ),
}  # fmt: skip

_AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: What light and width can change; everything else is looked at once a page.
_VISUAL = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "region")
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
    for (const one of focusable.slice(0, 80)) {
        one.focus({ preventScroll: true });
        if (document.activeElement !== one) continue;
        let shown = false;
        for (let at = one, up = 0; at && up < 4; at = at.parentElement, up += 1) shown ||= drawn(at);
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
_T = TypeVar("_T")


def _names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, module of its view) of every address below the interface language."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback.__module__
        else:
            yield from _names(one, f"{space}{one.namespace}:" if one.namespace else space)


def _known() -> set[str]:
    """Return the names of all addresses below the interface language."""
    top = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    translated = [one for one in top if type(one.pattern).__name__ == "LocalePrefixPattern"]
    return {name for one in translated for name, _module in _names(one)}


def test_every_page_has_an_example() -> None:
    listed = [name for names in (*PAGES.values(), *NO_PAGES.values()) for name in names]
    assert sorted(set(listed)) == sorted(listed), "listed twice"
    assert _known() - set(listed) == set(), (
        "a page without an example: add it to PAGES, or to NO_PAGES with a reason"
    )
    assert set(listed) - _known() == set(), "an example without a page"


@dataclass
class Visit:
    """A page to look at, as somebody."""

    role: str
    path: str  # below the interface language


@dataclass
class Guide:
    """Finds an example of every page in the running demonstration, by following links as each person would."""

    demo: Demo
    contexts: dict[str, BrowserContext]
    found: dict[str, str] = field(default_factory=dict)  # name → path below the interface language

    async def visits(self) -> list[Visit]:
        """Return everything to look at; fails where a page has no example in the demonstration."""
        await self._by_hand()
        for role, names in PAGES.items():
            self.found |= {name: path for name in names if (path := _plain(name)) is not None}
            for _round in range(3):
                missing = [name for name in names if name not in self.found]
                if missing:
                    await self._follow(role, [self.found[name] for name in names if name in self.found])
        listed = [(role, name) for role, names in PAGES.items() for name in names]
        missing = [name for _role, name in listed if name not in self.found]
        assert missing == [], f"no example in the demonstration: {missing}"
        extra = [(role, name, more) for role, name in listed for more in QUESTIONS.get(name, ())]
        return [
            *(Visit(role, self.found[name]) for role, name in listed),
            *(Visit(role, self.found[name] + more) for role, name, more in extra),
            Visit("visitor", "nowhere/"),
            Visit("creator", "desk/works/999999999/"),
        ]

    async def _follow(self, role: str, paths: list[str]) -> None:
        for path in paths:
            answer = await self.contexts[role].request.get(f"{self.demo.site}/es/{path}")
            for href in re.findall(r'href="(/es/[^"#]+)', await answer.text()):
                self._note(href.replace("&amp;", "&"))

    def _note(self, href: str) -> None:
        try:
            match = resolve(urlsplit(href).path)
        except Resolver404:
            return
        self.found.setdefault(match.view_name, href.removeprefix("/es/"))

    async def _by_hand(self) -> None:
        """Find what only a button leads to."""
        page = await self.contexts["visitor"].new_page()
        await page.goto(f"{self.demo.site}/es/add/")
        await page.fill("input[name=address]", f"{self.demo.creators}/radio-tortuga/")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#found")
        self._note(urlsplit(page.url).path)
        await page.close()
        page = await self.contexts["moderator"].new_page()
        await page.goto(f"{self.demo.site}/es/moderate/")
        await page.locator("[data-code=KeyN], main a[href*='/cases/']").first.click()
        await page.wait_for_url("**/cases/**")
        self._note(urlsplit(page.url).path)
        await page.close()
        # Links of mails: a wrong one is what most people would meet.
        self.found |= {"web:confirm_suggestion": "add/confirm/x/", "web:confirm_report": "report/confirm/x/"}


def _plain(name: str) -> str | None:
    """Return the path of a page that does not vary; None for one that does."""
    with override("es"):
        try:
            return reverse(name).removeprefix("/es/")
        except NoReverseMatch:
            return None


async def _wrong_with(page: Page, url: str, language: str) -> dict[str, Wrong]:
    """Return what is wrong with a page in each view; rules that views do not change are asked in the first."""
    found: dict[str, Wrong] = {}
    await page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    await page.emulate_media(color_scheme="light")
    await page.goto(url)
    await page.evaluate(_axe())
    await page.keyboard.press("Tab")
    first: Wrong = await page.evaluate(_LOOK, language)
    first += await page.evaluate(
        _RUN_AXE, {"runOnly": {"type": "tag", "values": _AXE_TAGS}, "resultTypes": ["violations"]}
    )
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            wrong = first if (width, scheme) == (WIDTHS[0], "light") else await _visual(page)
            if scheme == "light" and (wide := await page.evaluate(_SIDEWAYS)):
                wrong = [*wrong, ("scrolls-sideways", wide)]
            if wrong:
                found[f"{urlsplit(url).path} {width} {scheme}"] = wrong
    return found


async def _visual(page: Page) -> Wrong:
    rules = {"runOnly": {"type": "rule", "values": _VISUAL}, "resultTypes": ["violations"]}
    wrong: Wrong = await page.evaluate(_RUN_AXE, rules)
    return wrong


def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@asynccontextmanager
async def _people(demo: Demo) -> AsyncIterator[dict[str, BrowserContext]]:
    """Open one browser, and in it a window for everybody, signed in where they are."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        contexts = {}
        for role, link in ROLES.items():
            context = await browser.new_context(service_workers="block", reduced_motion="reduce")
            if link:
                await (await context.new_page()).goto(demo.links[link])
            contexts[role] = context
        yield contexts
        await browser.close()


async def _look_at_everything(demo: Demo) -> dict[str, Wrong]:
    found: dict[str, Wrong] = {}
    async with _people(demo) as contexts:
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


def _in_a_thread(work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Run beside whatever event loop other browser tests left in this thread."""
    result: list[_T] = []
    thread = Thread(target=lambda: result.append(asyncio.run(work())))
    thread.start()
    thread.join()
    assert result, "it broke: see above"
    return result[0]


@pytest.mark.browser
@pytest.mark.processes
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_everybody_can_use_every_page(demo: Demo) -> None:
    assert _in_a_thread(lambda: _look_at_everything(demo)) == {}
