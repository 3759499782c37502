"""What this room keeps that belongs to a person: the reach of the works they proved to be theirs."""

from datetime import datetime
from typing import Any

from altavoz.insights import actions, queries


def export(account_id: int) -> list[dict[str, Any]]:
    """Return the reach of all works of the creators the person speaks for, by month."""
    return queries.months(queries.subjects_of(queries.creators_of(account_id)))


def erase(account_id: int, at: datetime) -> None:  # noqa: ARG001 - every room is told when
    """Forget the reach of creators and works that nobody else has a say in.

    Rooms are asked in the order of their names, so the showcase, which forgets who owns what, comes after this.
    """
    actions.forget(subjects=queries.only_of(account_id))
