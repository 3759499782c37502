"""Values that many pages show, worked out once and kept until what they tell of changes."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import get_language

from altavoz.web.caching.store import Store

P = ParamSpec("P")
R = TypeVar("R")

_SECONDS = 60  # a safety net under the purges, as for pages
_COST = 4_000  # of one part, about
_LIMIT = 16_000_000


@dataclass(frozen=True)
class Part:
    """One value; nobody may change it."""

    value: Any
    subjects: frozenset[str]
    until: float
    cost: int = _COST


store: Store[Hashable, Part] = Store(limit=0)


def start() -> None:
    """From now on keep parts: only a process that hears of changes may."""
    store.limit = _LIMIT


def remembered(*subjects: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what the function returns, per language of the page and arguments, until one of the subjects changes.

    Arguments must be hashable, and what it returns must never be changed.
    """
    shown = frozenset(subjects)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (function, get_language(), args, tuple(sorted(kwargs.items())))
            part = store.get(key, time.monotonic())
            if part is None:
                since = store.moment
                part = Part(function(*args, **kwargs), shown, time.monotonic() + _SECONDS)
                store.put(key, part, since=since)
            value: R = part.value
            return value

        return answer

    return decorate
