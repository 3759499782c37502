"""What was counted in this process in the last seconds, and the limits that hold floods back."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import NamedTuple

from altavoz.insights.states import Source, What


class Sight(NamedTuple):
    """One thing that happened to a subject."""

    day: date
    subject: str
    language: str
    source: Source
    what: What


class Poll(NamedTuple):
    """That a feed was fetched: by a program of one reader, or by a service for many."""

    day: date
    feed: str
    service: str = ""


@dataclass
class Batch:
    """What waits to be stored: things that happened by their digest, and what services told."""

    sights: dict[int, Sight] = field(default_factory=dict)
    polls: dict[int, Poll] = field(default_factory=dict)
    told: dict[Poll, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many things wait."""
        return len(self.sights) + len(self.polls) + len(self.told)


@dataclass(eq=False)
class Buffer:
    """Waiting things, up to `limit`; more are let go. Safe to use from many threads."""

    limit: int = 20_000
    dropped: int = 0
    _batch: Batch = field(default_factory=Batch)
    _lock: Lock = field(default_factory=Lock)

    def sight(self, digest: int, sight: Sight) -> None:
        """Note what happened, unless it waits already."""
        with self._lock:
            if self._has_room():
                self._batch.sights.setdefault(digest, sight)

    def poll(self, digest: int, poll: Poll) -> None:
        """Note that a reader's program fetched a feed, unless that waits already."""
        with self._lock:
            if self._has_room():
                self._batch.polls.setdefault(digest, poll)

    def tell(self, poll: Poll, readers: int) -> None:
        """Note how many readers a service speaks for; of several figures the highest stays."""
        with self._lock:
            if self._has_room():
                self._batch.told[poll] = max(readers, self._batch.told.get(poll, 0))

    def take(self) -> Batch:
        """Return all that waits, and wait for new things."""
        with self._lock:
            taken, self._batch = self._batch, Batch()
            return taken

    def give_back(self, batch: Batch) -> None:
        """Let things wait again that could not be stored; what came since stays."""
        with self._lock:
            for digest, sight in batch.sights.items():
                self._batch.sights.setdefault(digest, sight)
            for digest, poll in batch.polls.items():
                self._batch.polls.setdefault(digest, poll)
            for poll, readers in batch.told.items():
                self._batch.told[poll] = max(readers, self._batch.told.get(poll, 0))

    def _has_room(self) -> bool:
        if len(self._batch) < self.limit:
            return True
        self.dropped += 1
        return False


@dataclass(eq=False)
class Quota:
    """How often somebody was counted today; the least recent are forgotten first, and all at midnight."""

    names: int = 100_000  # that are remembered
    _day: date | None = None
    _counts: OrderedDict[int, int] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, name: int, most: int, day: date) -> bool:
        """Count one more and tell whether it is among the first `most` of the day."""
        with self._lock:
            if self._day != day:
                self._day = day
                self._counts.clear()
            count = self._counts.pop(name, 0) + 1
            self._counts[name] = count
            if len(self._counts) > self.names:
                self._counts.popitem(last=False)
            return count <= most

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._counts.clear()
