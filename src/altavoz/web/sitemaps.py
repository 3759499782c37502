"""The addresses we offer to search engines, in parts that never move: works and creators by ranges of their ids."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import escape_uri_path

from altavoz.search import queries as search
from altavoz.showcase import exporting
from altavoz.web import formatting

# × 6 languages, each with its alternates, in the longest addresses there are: below the 50 MB a part may weigh,
# and with 10 million works below the 50,000 parts an index may have.
_SPAN = 1_000
_PLAIN = (
    "",
    "explore/",
    "languages/",
    "creators/",
    "about/",
    "guidelines/",
    "transparency/",
    "privacy/",
    "accessibility/",
    "open-data/",
    "developers/",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Listed:
    """A page below the interface language, and when it last changed."""

    page: str
    changed_at: datetime | None = None


def _pages(number: int) -> Iterator[Listed]:
    if number:
        return
    yield from map(Listed, _PLAIN)
    yield from (Listed(f"languages/{tag}/") for tag in search.counts_by_language() if tag != "und")


def _works(number: int) -> Iterator[Listed]:
    rows = exporting.works(number, _SPAN).values_list("pk", "published_revision__slug", "changed_at")
    return (Listed(f"works/{pk}-{slug}/", changed_at) for pk, slug, changed_at in rows)


def _creators(number: int) -> Iterator[Listed]:
    return (Listed(row.page) for row in exporting.creators(number, _SPAN))


_KINDS: Mapping[str, Callable[[int], Iterator[Listed]]] = {
    "pages": _pages,
    "works": _works,
    "creators": _creators,
}
KINDS = tuple(_KINDS)


def parts() -> list[tuple[str, int]]:
    """Return the kind and the number of each part that has pages."""
    works = (("works", number) for number in exporting.work_spans(_SPAN))
    creators = (("creators", number) for number in exporting.creator_spans(_SPAN))
    return [("pages", 0), *works, *creators]


def index() -> str:
    """Return the list of all parts."""
    rows = (
        f"<sitemap><loc>{settings.PUBLIC_URL}{reverse('machines:sitemap', args=part)}</loc></sitemap>\n"
        for part in parts()
    )
    return f'{_HEAD}<sitemapindex xmlns="{_SCHEMA}">\n{"".join(rows)}</sitemapindex>\n'


def part(kind: str, number: int) -> Iterator[bytes] | None:
    """Return a part, compressed, piece by piece; None where it has no page."""
    listed = _KINDS[kind](number)
    first = next(listed, None)
    return None if first is None else _compressed(_written(first, listed))


def _written(first: Listed, rest: Iterable[Listed]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    yield _entries(first)
    yield from map(_entries, rest)
    yield "</urlset>\n"


def _entries(listed: Listed) -> str:
    """Return the page in every language; each names all the others."""
    page = escape(escape_uri_path(listed.page))
    addresses = {code: f"{settings.PUBLIC_URL}/{code}/{page}" for code, _ in settings.LANGUAGES}
    named = [
        *((formatting.bcp47(code), href) for code, href in addresses.items()),
        ("x-default", addresses["en"]),
    ]
    rest = f"<lastmod>{listed.changed_at.isoformat()}</lastmod>" if listed.changed_at else ""
    rest += "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{href}"/>' for tag, href in named)
    return "".join(f"<url><loc>{href}</loc>{rest}</url>\n" for href in addresses.values())


def _compressed(pieces: Iterable[str]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, wbits=_GZIP)
    for piece in pieces:
        if packed := packer.compress(piece.encode()):
            yield packed
    yield packer.flush()
