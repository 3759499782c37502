"""What other rooms keep about a person: each registers how to give it out and how to forget it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

Export = Callable[[int], Any]
Erase = Callable[[int, datetime], None]


class Records(NamedTuple):
    """How one room answers for one person (by account id)."""

    export: Export
    erase: Erase


_rooms: dict[str, Records] = {}


def register(name: str, *, export: Export, erase: Erase) -> None:
    """Include a room in every export and erasure from now on.

    `export` returns what json.dumps accepts; `erase` runs inside the transaction of the erasure and may run again.
    A second registration of the same name replaces the first.
    """
    _rooms[name] = Records(export, erase)


def forget(name: str) -> None:
    """Take a room out again."""
    _rooms.pop(name, None)


def rooms() -> dict[str, Records]:
    """Return every registered room, by name."""
    return dict(sorted(_rooms.items()))
