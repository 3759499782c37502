"""A first visit is light, asks nobody else for anything and leaves nothing behind, on every public page."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.async_api import BrowserContext

from tests.conftest import CHROMIUM, Demo
from tests.pages import PAGES, Guide, in_a_thread, people

#: Bytes on the wire, without pictures: a first visit, its scripts, and a page when the browser knows the site.
FIRST, SCRIPT, AGAIN = 60_000, 20_000, 15_000
#: Shows every component at once, to those who build the site; served in the demonstration only.
_NOT_FOR_VISITORS: Final = {"gallery/"}
_PICTURES = {"Image", "Media"}


@dataclass
class Weight:
    """What one load of a page cost, as the browser counted it."""

    bytes_: int = 0
    script: int = 0
    hosts: set[str] = field(default_factory=set)


async def _load(context: BrowserContext, url: str) -> Weight:
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    kinds: dict[str, str] = {}
    weight = Weight()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]
        if not event["response"]["url"].startswith("data:"):
            weight.hosts.add(urlsplit(event["response"]["url"]).netloc)

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "")
        if kind not in _PICTURES:
            weight.bytes_ += int(event["encodedDataLength"])
        if kind == "Script":
            weight.script += int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    await page.goto(url, wait_until="networkidle")
    await page.close()
    return weight


async def _beyond(demo: Demo) -> dict[str, str]:
    """Return the pages that cost more than they may, each with what and how much."""
    wrong: dict[str, str] = {}
    async with people(demo) as contexts:
        visits = await Guide(demo, contexts).visits()
        browser = contexts["visitor"].browser
        assert browser is not None
        paths = dict.fromkeys(visit.path for visit in visits if visit.role == "visitor")
        for path in [path for path in paths if path not in _NOT_FOR_VISITORS]:
            context = await browser.new_context(service_workers="block")
            first = await _load(context, f"{demo.site}/es/{path}")
            again = await _load(context, f"{demo.site}/es/{path}")
            cookies = await context.cookies()
            await context.close()
            told = _complaints(first, again, len(cookies), urlsplit(demo.site).netloc)
            if told:
                wrong[path] = told
    return wrong


def _complaints(first: Weight, again: Weight, cookies: int, host: str) -> str:
    said = (
        (first.bytes_ > FIRST, f"{first.bytes_} bytes on a first visit"),
        (first.script > SCRIPT, f"{first.script} bytes of script"),
        (again.bytes_ > AGAIN, f"{again.bytes_} bytes when it is known"),
        (first.hosts | again.hosts != {host}, f"asks {sorted(first.hosts | again.hosts)}"),
        (cookies > 0, f"{cookies} cookies"),
    )
    return ", ".join(words for beyond, words in said if beyond)


@pytest.mark.browser
@pytest.mark.processes
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_every_public_page_keeps_to_the_budget(demo: Demo) -> None:
    assert PAGES["visitor"]
    assert in_a_thread(lambda: asyncio.wait_for(_beyond(demo), 300)) == {}
