"""Starts helpers, hands out work, and carries on where one of them dies."""

import atexit
import gc
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

import structlog

from altavoz.core.crew import members
from altavoz.core.crew.members import Raised, Surroundings

log = structlog.get_logger(__name__)

_T = TypeVar("_T")
#: So often we look whether we shall stop waiting.
_LOOK_S = 0.5
#: Helpers are forked from a process of one thread that has loaded everything; forking ourselves would copy our locks.
_CONTEXT = multiprocessing.get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of work of which nobody can tell how far it came: its helper died, was too slow, or it raised."""

    why: str


class _Member:
    """A helper and the pipe to it."""

    def __init__(self, surroundings: Surroundings) -> None:
        _CONTEXT.set_forkserver_preload(["altavoz.core.crew.ground"])
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=members.serve, args=(theirs, surroundings), name="helper")
        self.process.start()
        theirs.close()  # so that reading ends when the helper does

    def give(self, func: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Hand over a piece of work; a helper that is dead does not take it, and `take` will say so."""
        try:
            self.pipe.send((func, arguments))
        except OSError:
            log.warning("core.helper_gone", helper=self.process.pid)

    def take(self, deadline: float, stop: Callable[[], bool]) -> Any:  # noqa: ANN401 - whatever the work returns
        """Return what the work returned, or Lost; a helper that is not done by then is ended."""
        try:
            why = self._wait(deadline, stop)
            if not why:
                answer = self.pipe.recv()
                return Lost(answer.error) if isinstance(answer, Raised) else answer
        except (EOFError, OSError):
            why = "died"
        self.end()
        return Lost(why)

    def _wait(self, deadline: float, stop: Callable[[], bool]) -> str:
        """Wait for an answer; return why none shall be waited for any more."""
        while not self.pipe.poll(min(_LOOK_S, max(0.0, deadline - time.monotonic()))):
            if stop():
                return "stopped"
            if time.monotonic() >= deadline:
                return "too_slow"
        return ""

    def end(self) -> None:
        """End it now, whatever it does; its database rolls back what it had not committed."""
        if self.process.is_alive():
            self.process.kill()
        self.pipe.close()


class Crew:
    """Helpers that are started when first needed, used again, and ended with this process.

    One that dies costs its own piece of work and is replaced when the next is due.
    """

    def __init__(self) -> None:
        self._members: list[_Member] = []
        self._surroundings: Surroundings | None = None
        self._one_at_a_time = Lock()
        atexit.register(self.end)

    def run(
        self,
        func: Callable[..., _T],
        shares: Sequence[tuple[Any, ...]],
        *,
        patience_s: float,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[_T | Lost]:
        """Return what `func(*share)` returned for each share, worked on side by side, each in a helper of its own.

        In place of an answer stands Lost where a helper died, raised, took longer than `patience_s`, or was still at
        work when `stop()` became true. `func` must be importable by name; what it takes and returns must fit through
        a pipe.
        """
        with self._one_at_a_time:
            try:
                crew = self._ready(len(shares))
                deadline = time.monotonic() + patience_s
                for member, share in zip(crew, shares, strict=True):
                    member.give(func, share)
                return [member.take(deadline, stop) for member in crew]
            except BaseException:
                self.end()  # or the next to ask would be given the answers to these questions
                raise

    def end(self) -> None:
        """Afterwards no helper is left."""
        for member in self._members:
            member.end()
        self._members = []

    def _ready(self, size: int) -> list[_Member]:
        """Return so many living helpers."""
        now = Surroundings.here()
        if now != self._surroundings:
            self.end()
            self._surroundings = now
        self._members = [member for member in self._members if member.process.is_alive()]
        while len(self._members) < size:
            self._members.append(_Member(now))
        return self._members[:size]


@contextmanager
def spare_garbage() -> Iterator[None]:
    """Spare the collector of garbage what was there before: looking through all that took a tenth of a round."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
