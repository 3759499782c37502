"""Statements asked all day: their plan stays with the connection, their values are never part of the text."""

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from altavoz.core import statements

pytestmark = pytest.mark.django_db


def test_rows_come_as_they_are() -> None:
    asked = "SELECT n, %s::text FROM unnest(%s::bigint[]) AS n ORDER BY n DESC"
    assert statements.rows(asked, ["it's; --", [1, 2]]) == [(2, "it's; --"), (1, "it's; --")]


def test_a_statement_asked_often_is_planned_once() -> None:
    asked = "SELECT %s::bigint AS asked_often"
    for number in range(8):
        assert statements.rows(asked, [number]) == [(number,)]
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
    assert statements.rows(kept, ["%asked_often"]) == [(1,)]


def test_it_is_counted_like_any_other_statement() -> None:
    with CaptureQueriesContext(connection) as captured:
        statements.rows("SELECT 1")
    assert len(captured) == 1


def test_a_mistake_is_djangos_error() -> None:
    with pytest.raises(ProgrammingError):
        statements.rows("SELECT nothing_of_this_name")
