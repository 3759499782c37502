"""Whether a proof of ownership stands in what its owner controls; pure.

Only places that visitors cannot write to count: the head of a page, a channel's own description, links that the
site does not mark as written by its users. A code in a comment proves nothing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from altavoz.core.languages import INTERFACE_LANGUAGES
from altavoz.ingest import addresses
from altavoz.ingest.parsing.values import Feed, Page

DNS_PREFIX = "altavoz-verification="


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the proof is there, and a key of words.PROOF_FINDINGS."""

    found: bool
    finding: str


FOUND = Verdict(found=True, finding="found")
UNREACHABLE = Verdict(found=False, finding="unreachable")


def rel_me(page: Page | None, back_link: str) -> Verdict:
    """Look for a rel=me link to our page of the creator, in whichever of our languages."""
    if page is None:
        return UNREACHABLE
    wanted = _without_language(back_link)
    if wanted and any(_without_language(link) == wanted for link in page.rel_me):
        return FOUND
    return Verdict(found=False, finding="link_missing")


def token(feed: Feed | None, page: Page | None, code: str) -> Verdict:
    """Look for the code in the descriptions and in the head of the page."""
    if feed is None and page is None:
        return UNREACHABLE
    places: list[str] = []
    if feed is not None:
        places += [feed.title, feed.summary, feed.author, *feed.verifications]
    if page is not None:
        places += [page.title, page.summary, *page.verifications]
    return FOUND if _holds(places, code) else Verdict(found=False, finding="code_missing")


def podcast_txt(feed: Feed | None, code: str) -> Verdict:
    """Look for the code in a podcast's verification texts."""
    if feed is None:
        return UNREACHABLE
    return FOUND if _holds(feed.verifications, code) else Verdict(found=False, finding="text_missing")


def dns_txt(records: Collection[str] | None, code: str) -> Verdict:
    """Look for the code in the TXT records of a domain; None stands for a name that does not exist."""
    if records is None:
        return Verdict(found=False, finding="name_unknown")
    if any(record.strip() == DNS_PREFIX + code for record in records):
        return FOUND
    return Verdict(found=False, finding="record_missing")


def dns_names(address: str) -> tuple[str, ...]:
    """Return the names to ask, the special one first; a shared platform's own name is none of its users'."""
    host = addresses.host_of(address)
    return (f"_altavoz.{host}", host) if host and "." in host else ()


def _holds(places: Iterable[str], code: str) -> bool:
    whole = re.compile(rf"(?<![\w-]){re.escape(code)}(?![\w-])")
    return any(whole.search(place) for place in places)


def _without_language(url: str) -> str:
    where = addresses.canonical(url)
    parts = urlsplit(where)
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments and segments[0].lower() in INTERFACE_LANGUAGES:
        segments = segments[1:]
    return f"{parts.netloc}/{'/'.join(segments)}" if segments else ""
