"""A web of our own for discovery: addresses and what they answer."""

from pathlib import Path

from altavoz.core.fetch import Failure, Reason, Response
from altavoz.ingest.discovery import Found, NotFound, begin
from altavoz.ingest.discovery.values import Ask, Step

FILES = Path(__file__).parent / "files"


CHANNEL = "UC" + "a" * 22


YT = "https://www.youtube.com"


FEED = f"{YT}/feeds/videos.xml?channel_id={CHANNEL}"


Web = dict[str, str | int | Reason | tuple[str, str]]


def play(address: str, web: Web) -> Found | NotFound:
    """Discover with a web of our own: file names, statuses, failures, or (content type, text) by address."""
    step: Step = begin(address)
    for _ in range(9):
        if not isinstance(step, Ask):
            return step
        step = step.then([answer(request.url, web) for request in step.requests])
    raise AssertionError(address)


def answer(url: str, web: Web) -> Response | Failure:
    told = web.get(url, 404)
    if isinstance(told, Reason):
        return Failure(url, told, "")
    if isinstance(told, int):
        return Response(url, told, {}, b"", (), 0.1)
    if isinstance(told, tuple):
        return Response(url, 200, {"content-type": told[0]}, told[1].encode(), (), 0.1)
    kind = "text/html" if told.endswith(".html") else "application/xml"
    return Response(url, 200, {"content-type": kind}, (FILES / told).read_bytes(), (), 0.1)


LINKED = """<html lang="es"><head><title>Blog</title>
 <link rel="alternate" type="application/rss+xml" title="Comentarios" href="/comments/feed">
 <link rel="alternate" type="application/rss+xml" href="/empty">
 <link rel="alternate" type="application/atom+xml" href="/feed"></head></html>"""


TUBE = "https://tube.example"


def code(found: Found | NotFound) -> str:
    assert isinstance(found, NotFound), found
    assert len(str(found.reason)) > 30
    return found.code


A = "https://a.example/x"
