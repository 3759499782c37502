"""Many rows in one statement: PostgreSQL reads them from one JSON parameter, which is what makes polling fast."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

Row = Mapping[str, Any]


def insert(model: type[Model], rows: Sequence[Row]) -> list[int]:
    """Insert the rows, which all have the same columns, and return their ids in the same order."""
    if not rows:
        return []
    columns = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    query = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(null::{table}, %s::json)"
        " RETURNING id"
    ).format(table=_table(model), columns=columns)
    return [row[0] for row in _run(query, rows)]


def update(model: type[Model], rows: Sequence[Row]) -> None:
    """Update the rows, which all have the same columns, by their `id`."""
    if not rows:
        return
    columns = [sql.Identifier(name) for name in rows[0] if name != "id"]
    sets = sql.SQL(", ").join(sql.SQL("{0} = fresh.{0}").format(column) for column in columns)
    query = sql.SQL(
        "UPDATE {table} AS old SET {sets} FROM json_populate_recordset(null::{table}, %s::json) AS fresh"
        " WHERE old.id = fresh.id RETURNING old.id"
    ).format(table=_table(model), sets=sets)
    _run(query, rows)


def _table(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)  # noqa: SLF001 - the documented door of Django


def _run(query: sql.Composed, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        text = query.as_string(cursor.connection)
        cursor.execute(text, [json.dumps([dict(row) for row in rows], default=_told)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"No way to tell PostgreSQL a {type(value).__name__}.")
