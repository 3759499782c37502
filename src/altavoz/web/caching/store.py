"""Pages and their parts in memory: the least recently used go first; a purge reaches every store of the process."""

from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, Protocol, TypeAlias, TypeVar
from weakref import WeakSet

#: A page's address, its query as the page understands it, and whether it is only the part htmx swaps.
Key: TypeAlias = tuple[str, str, bool]

_OVERHEAD = 2_000  # bytes of headers, keys and Python around one page


@dataclass(frozen=True)
class Kept:
    """One page as it goes out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    zipped: bytes
    etag: str
    subjects: frozenset[str]
    until: float  # of the monotonic clock

    @property
    def cost(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.body) + len(self.zipped) + _OVERHEAD


class Keepable(Protocol):
    """What a store keeps: what it shows, until when of the monotonic clock, and about how many bytes it takes."""

    @property
    def subjects(self) -> frozenset[str]: ...  # noqa: D102 - the class says it
    @property
    def until(self) -> float: ...  # noqa: D102 - as above
    @property
    def cost(self) -> int: ...  # noqa: D102 - as above


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Keepable)


@dataclass(eq=False)
class Store(Generic[K, V]):
    """Things up to a number of bytes; safe to use from many threads."""

    limit: int
    remembered: int = 10_000  # purges
    used: int = 0
    moment: int = 0  # counts the purges
    _kept: OrderedDict[K, V] = field(default_factory=OrderedDict)
    _by_subject: dict[str, set[K]] = field(default_factory=dict)
    _purged: dict[str, int] = field(default_factory=dict)
    _forgotten: int = 0  # the newest purge of which we no longer know the subject
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        _stores.add(self)

    def get(self, key: K, now: float) -> V | None:
        """Return what is kept unless it is too old."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.until < now:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def put(self, key: K, kept: V, *, since: int) -> bool:
        """Keep it, unless something it shows was purged after `since`; return whether it is kept."""
        with self._lock:
            if kept.cost > self.limit or self._changed(kept.subjects, since):
                return False
            self._drop(key)
            self._kept[key] = kept
            self.used += kept.cost
            for subject in kept.subjects:
                self._by_subject.setdefault(subject, set()).add(key)
            while self.used > self.limit:
                self._drop(next(iter(self._kept)))
            return True

    def purge(self, subjects: Collection[str]) -> None:
        """Forget everything that shows one of the subjects, and refuse what is being made now."""
        with self._lock:
            self.moment += 1
            if len(self._purged) > self.remembered:
                self._purged.clear()
                self._forgotten = self.moment
            for subject in subjects:
                self._purged[subject] = self.moment
                for key in tuple(self._by_subject.get(subject, ())):
                    self._drop(key)

    def clear(self) -> None:
        """Forget everything: purges may have been missed."""
        with self._lock:
            self.moment += 1
            self._forgotten = self.moment
            self._purged.clear()
            for key in tuple(self._kept):
                self._drop(key)

    def _changed(self, subjects: Collection[str], since: int) -> bool:
        return self._forgotten > since or any(self._purged.get(subject, 0) > since for subject in subjects)

    def _drop(self, key: K) -> None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return
        self.used -= kept.cost
        for subject in kept.subjects:
            keys = self._by_subject[subject]
            keys.discard(key)
            if not keys:
                del self._by_subject[subject]


_stores: "WeakSet[Store[Any, Any]]" = WeakSet()


def purge(subjects: Collection[str]) -> None:
    """Forget, in this process, every page that shows one of the subjects."""
    for store in tuple(_stores):
        store.purge(subjects)


def clear() -> None:
    """Forget every page of this process."""
    for store in tuple(_stores):
        store.clear()
