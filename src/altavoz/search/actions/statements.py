"""Running of statements that change the index; their values travel as parameters."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def run(sql: str, parameters: Sequence[Any]) -> None:
    """Run a statement whose text is ours."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement and return what it returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def as_json(values: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as one parameter."""
    return json.dumps(values, ensure_ascii=False)
