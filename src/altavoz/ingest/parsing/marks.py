"""Short marks of items as their document wrote them: an item whose mark is known need not be read again."""

import struct
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

#: Raise this whenever the same element is read as something else than before: everything is then read anew.
VERSION = 1
#: A document of more items is read in full, so that what is remembered of a source stays small.
MAX_MARKS = 2_000
_HEAD = struct.Struct("<Q")
_MARK = struct.Struct("<QQq")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNDATED = -(2**63)
_MICROSECOND = timedelta(microseconds=1)


#: What is remembered of an item: a mark of its key, and when it was published (in microseconds).
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a document's items; they hold in one context: what its source says of all its items."""

    context: int = 0
    items: Mapping[int, Mark] = field(default_factory=dict)

    @classmethod
    def unpacked(cls, stored: bytes) -> "Marks":
        """Return the marks that were packed, none for what was never stored."""
        if not stored:
            return cls()
        told = _MARK.iter_unpack(memoryview(stored)[_HEAD.size :])
        return cls(_HEAD.unpack_from(stored)[0], {digest: (key, when) for digest, key, when in told})

    def packed(self) -> bytes:
        """Return the marks as they are stored: 24 bytes an item."""
        if not self.items:
            return b""
        told = (_MARK.pack(digest, key, when) for digest, (key, when) in self.items.items())
        return _HEAD.pack(self.context) + b"".join(told)

    def without(self, keys: Collection[str]) -> "Marks":
        """Return the marks of all items but those of these keys."""
        if not keys:
            return self
        dropped = {digest_of(key.encode()) for key in keys}
        return replace(
            self, items={name: mark for name, mark in self.items.items() if mark[0] not in dropped}
        )


def digest_of(raw: bytes) -> int:
    """Return eight bytes that tell one text from another, as a number."""
    return int.from_bytes(blake2b(raw, digest_size=8).digest())


def context_of(setting: Iterable[object]) -> int:
    """Return the mark of what shapes every item of a document beside its own words."""
    return digest_of(repr((VERSION, *setting)).encode("utf-8", "replace"))


def mark_of(key: str, published_at: datetime | None) -> Mark:
    """Return what is remembered of an item."""
    moment = _UNDATED if published_at is None else (published_at - _EPOCH) // _MICROSECOND
    return digest_of(key.encode()), moment


def dates_of(marks: Iterable[Mark]) -> tuple[datetime, ...]:
    """Return when the items were published that have a date."""
    return tuple(_EPOCH + timedelta(microseconds=when) for _, when in marks if when != _UNDATED)
