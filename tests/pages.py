"""Every page of the site, who sees it, and an example of each in the running demonstration."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override
from playwright.async_api import BrowserContext, async_playwright

from tests.conftest import CHROMIUM, Demo

_T = TypeVar("_T")
#: A page may be three links away; what the demonstration does by the clock comes within a minute.
_ROUNDS, _TRIES, _PAUSE_S = 3, 18, 5
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
        "web:gallery", "developers:api", "developers:open-data", "account_login", "account_signup",
        "account_request_login_code",
        "socialaccount_login_cancelled", "socialaccount_login_error",
    ),
    "creator": (
        "web:prove", "web:desk", "web:desk_work", "web:desk_claims", "web:work_language", "web:withdraw",
        "web:desk_work_reach", "web:desk_reach", "web:desk_channel", "web:remove_channel", "web:edit_creator",
        "web:translate_work", "web:searches", "people:settings", "people:delete", "people:affiliations",
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
        "web:save_search", "web:forget_search", "web:check_proof", "web:visit_channel", "web:want_everything",
        "web:next_case", "web:hand_back",
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


def _names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, module of its view) of every address below the interface language."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback.__module__
        else:
            yield from _names(one, f"{space}{one.namespace}:" if one.namespace else space)


def known() -> set[str]:
    """Return the names of all addresses below the interface language."""
    top = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    translated = [one for one in top if type(one.pattern).__name__ == "LocalePrefixPattern"]
    return {name for one in translated for name, _module in _names(one)}


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
            for attempt in range(_TRIES):
                if all(name in self.found for name in names):
                    break
                if attempt > _ROUNDS:
                    await asyncio.sleep(_PAUSE_S)  # the demonstration posts a little later
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


@asynccontextmanager
async def people(demo: Demo) -> AsyncIterator[dict[str, BrowserContext]]:
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


def in_a_thread(work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Run beside whatever event loop other browser tests left in this thread."""
    result: list[_T] = []
    thread = Thread(target=lambda: result.append(asyncio.run(work())))
    thread.start()
    thread.join()
    assert result, "it broke: see above"
    return result[0]
