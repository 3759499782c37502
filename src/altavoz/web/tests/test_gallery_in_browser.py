"""Every component with hostile content on a phone, in both directions: nothing reaches over its edge."""

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from altavoz.web import component
from altavoz.web.tests.chromium import IN_CHROMIUM

pytestmark = IN_CHROMIUM
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
