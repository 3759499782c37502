"""Every component with hostile content on a phone, in both directions: nothing reaches over its edge."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from altavoz.web import component

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here"),
]
# What reaches over the edge of its example, unless something around it scrolls or hides what is too wide.
_TOO_WIDE = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  for (const example of document.querySelectorAll(".gallery-side .gallery-example")) {
    const room = example.getBoundingClientRect();
    for (const part of example.querySelectorAll("*")) {
      const box = part.getBoundingClientRect();
      if (!box.width || part.ownerSVGElement) continue;
      if (box.right <= room.right + 4 && box.left >= room.left - 4) continue;
      let around = part.parentElement;
      while (around !== example && getComputedStyle(around).overflowX === "visible") around = around.parentElement;
      const hidden = part.closest("details.menu ul, .hidden-visually");
      if (around === example && !hidden) found.push(part.outerHTML.slice(0, 120));
    }
  }
  return found;
}"""


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would refuse to ask the database beside it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # The server's threads must leave no connection behind, or the test database cannot be dropped.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()
        connections.close_all()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_reaches_over_its_edge(
    chromium: Browser,
    live_server: LiveServer,
    settings: LazySettings,
    width: int,
) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    page = chromium.new_page(viewport={"width": width, "height": 800})
    found = {}
    for code, direction in (("es", "ltr"), ("ar", "rtl")):
        for name in sorted(component.load()):
            page.goto(f"{live_server.url}/{code}/gallery/?only={name}&dir={direction}")
            if wrong := page.evaluate(_TOO_WIDE):
                found[name, direction] = wrong[:3]
    assert found == {}
