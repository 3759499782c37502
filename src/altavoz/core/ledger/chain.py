"""The hash chain: what an entry's hash covers, and where a chain breaks. Knows no database."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

#: What the first entry points back to.
GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """An entry as the chain sees it."""

    seq: int
    at: datetime
    type: str
    subject: str
    actor: str
    public: object
    commitment: str
    prev: str
    hash: str = ""


@dataclass(frozen=True)
class Verified:
    """How far a chain holds: links read, the last good hash, and the first bad number with the reason."""

    count: int
    head: str
    first_bad: int | None = None
    reason: str = ""


def canonical(value: object) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(link: Link) -> str:
    """Return the SHA-256 (hex) of everything in a link but its own hash."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [link.seq, at, link.type, link.subject, link.actor, link.public, link.commitment, link.prev]
    return hashlib.sha256(canonical(parts)).hexdigest()


def commit(key: bytes, private: object) -> str:
    """Return what the chain shows of a private part: an HMAC-SHA-256 (hex) that only its key can open."""
    return hmac.new(key, canonical(private), hashlib.sha256).hexdigest()


def verify(links: Iterable[Link]) -> Verified:
    """Follow a chain from its beginning; stop at the first link that is missing, misplaced or altered."""
    count, head = 0, GENESIS
    for link in links:
        reason = _fault(link, count + 1, head)
        if reason:
            return Verified(count, head, first_bad=link.seq, reason=reason)
        count, head = link.seq, link.hash
    return Verified(count, head)


def _fault(link: Link, seq: int, prev: str) -> str:
    if link.seq != seq:
        return f"entry {seq} is missing"
    if link.prev != prev:
        return "it does not point to the entry before it"
    if link.hash != digest(link):
        return "its content was altered"
    return ""
