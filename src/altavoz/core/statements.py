"""Statements that pages run all day: the text never changes, so PostgreSQL reads and plans it once per connection."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def rows(sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a statement whose text is ours and whose values are parameters.

    Django's own cursor writes values into the text; for a short question, planning it anew takes two thirds of
    the time. Not for questions whose best plan depends on the values.
    """
    connection.ensure_connection()
    plain = psycopg.Cursor(connection.connection)
    # Django has no public door for another kind of cursor.
    with connection._prepare_cursor(plain) as cursor:  # type: ignore[attr-defined]  # noqa: SLF001
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
