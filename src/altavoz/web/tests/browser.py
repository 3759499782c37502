"""A test client that looks at every page like a strict reviewer."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

_UNRENDERED = re.compile(r"{%|{{|%}|}}|{#")


class _Reviewer(HTMLParser):
    """Collects what must not stand in a page of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        ):
            self.wrong.append(f"inline <{tag}>")
        source = given.get("src") or ""
        if tag in {"script", "img", "iframe", "source", "link"} and source.startswith(
            ("http:", "https:", "//")
        ):
            self.wrong.append(f"third party: {source}")
        self._script = tag if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._script != "script" and _UNRENDERED.search(data):
            self.wrong.append(f"unrendered: {data.strip()[:60]}")
        self._script = ""


def wrong_with(html: str) -> list[str]:
    """Return inline styles, scripts and handlers, unrendered tags, foreign addresses and ids used twice."""
    reviewer = _Reviewer()
    reviewer.feed(html)
    twice = sorted({name for name in reviewer.ids if reviewer.ids.count(name) > 1})
    return [*reviewer.wrong, *(f"id twice: {name}" for name in twice)]


class Browser(Client):
    """Refuses bad pages; `enforce_csrf_checks` lets the check of origins work as for a real browser."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def request(self, **request: Any) -> HttpResponse:  # type: ignore[override]
        response: HttpResponse = super().request(**request)  # type: ignore[assignment]  # never streaming for pages
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        wrong = (
            wrong_with(response.content.decode())
            if is_page and "Content-Encoding" not in response.headers
            else []
        )
        if wrong:
            raise AssertionError(f"{request['PATH_INFO']}: {wrong}")
        return response
