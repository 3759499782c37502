"""States as the database and people know them."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q


def named(states: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the choices of a column that holds one of these states."""
    return [(state.value, state.value) for state in states]


def one_of(column: str, states: Iterable[StrEnum]) -> Q:
    """Return the condition that the column holds one of these states."""
    return Q(**{f"{column}__in": [state.value for state in states]})
