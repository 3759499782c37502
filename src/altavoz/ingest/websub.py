"""The subscriber's half of WebSub, without network and database: finding hubs, asking them, trusting what they send."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from altavoz.core.fetch import Request
from altavoz.ingest import addresses
from altavoz.ingest.parsing.values import Feed
from altavoz.ingest.states import SourceKind

YOUTUBE_HUB = "https://pubsubhubbub.appspot.com/subscribe"
_YOUTUBE_TOPIC = "https://www.youtube.com/xml/feeds/videos.xml?channel_id="
#: What we ask for; the hub decides.
LEASE_S = 10 * 24 * 3600
_LONGEST_LEASE_S = 30 * 24 * 3600
_SHORTEST_LEASE_S = 300
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[^;,=\s]+\s*=\s*(?:\"[^\"]*\"|[^;,\s]*))*)")
_REL = re.compile(r"(?i);\s*rel\s*=\s*(?:\"([^\"]*)\"|([^;,\s]*))")
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


def links(header: str, base: str) -> dict[str, str]:
    """Return the first address of every relation in a Link header."""
    found: dict[str, str] = {}
    for link in _LINK.finditer(header):
        rel = _REL.search(link[2])
        names = (rel[1] if rel[1] is not None else rel[2]).lower().split() if rel else ()
        if url := addresses.absolute(link[1], base):
            for name in names:
                found.setdefault(name, url)
    return found


def hub_of(kind: SourceKind, url: str, headers: Mapping[str, str], feed: Feed) -> tuple[str, str]:
    """Return hub and topic of a feed: by its Link headers, else by its own words; ("", "") when it has no hub."""
    channel = addresses.youtube_channel(url)
    if kind is SourceKind.YOUTUBE_CHANNEL and channel:
        return YOUTUBE_HUB, _YOUTUBE_TOPIC + channel
    told = links(headers.get("link", ""), url)
    if "hub" in told:
        return told["hub"], told.get("self") or feed.url or url
    return (feed.hubs[0], feed.url or url) if feed.hubs else ("", "")


def asking(*, hub: str, topic: str, callback: str, secret: str, mode: str = "subscribe") -> Request:
    """Return the request that asks a hub to begin or to stop."""
    asked = {"hub.mode": mode, "hub.topic": topic, "hub.callback": callback, "hub.secret": secret}
    body = urlencode(asked | {"hub.lease_seconds": str(LEASE_S), "hub.verify": "async"}).encode()
    return Request(
        hub,
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=body,
        max_bytes=65536,
    )


def lease(told: str) -> int:
    """Return the seconds a hub grants, within reason."""
    seconds = int(told[:9]) if told.isascii() and told.isdecimal() else LEASE_S
    return min(max(seconds, _SHORTEST_LEASE_S), _LONGEST_LEASE_S)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Tell whether the body was signed with the secret that only the hub and we know."""
    method, _, told = signature.strip().partition("=")
    chosen = _HASHES.get(method.lower())
    if chosen is None:
        return False
    expected = hmac.new(secret.encode(), body, chosen).hexdigest()
    return hmac.compare_digest(expected.encode(), told.strip().lower().encode("utf-8", "replace"))


def same_topic(one: str, other: str) -> bool:
    """Tell whether two topics are one; YouTube's hub writes the path in two ways."""
    return _plain(one) == _plain(other)


def _plain(topic: str) -> str:
    return topic.replace("://www.youtube.com/xml/feeds/", "://www.youtube.com/feeds/").replace(
        "http://", "https://"
    )
