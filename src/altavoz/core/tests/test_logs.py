"""A line is one JSON object for machines, carries a traceback without anybody's data, and is readable for people."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from altavoz.core import logs


@contextmanager
def _logging(shape: logs.Shape) -> Iterator[io.StringIO]:
    """Set logging up as a process does, but into a string; leave everything as it was."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    written = io.StringIO()
    settings = logs.settings(shape=shape)
    handler: dict[str, Any] = settings["handlers"]["stderr"]
    handler["stream"] = written
    try:
        logging.config.dictConfig(settings)
        yield written
    finally:
        root.handlers[:], level = before
        root.setLevel(level)
        logging.getLogger("procrastinate").setLevel(logging.NOTSET)
        structlog.reset_defaults()


def test_each_line_is_a_json_object() -> None:
    with _logging(logs.Shape.JSON) as written:
        structlog.get_logger("ingest").info("polled", source=7, title="Año")
        logging.getLogger("django.request").warning("Not Found: %s", "/x/")
    ours, theirs = [json.loads(line) for line in written.getvalue().splitlines()]
    assert ours.pop("at").endswith("Z")
    assert ours == {"event": "polled", "level": "info", "logger": "ingest", "source": 7, "title": "Año"}
    assert theirs | {"at": ""} == {
        "at": "",
        "event": "Not Found: /x/",
        "level": "warning",
        "logger": "django.request",
    }


def test_traceback_has_no_local_variables() -> None:
    with _logging(logs.Shape.JSON) as written:
        secret = "token-of-somebody"
        try:
            int(f"x{secret[:0]}")
        except ValueError:
            structlog.get_logger("x").exception("failed")
    line = json.loads(written.getvalue())
    assert (line["exception"][0]["exc_type"], "token-of-somebody" in written.getvalue()) == (
        "ValueError",
        False,
    )


def test_people_get_readable_lines() -> None:
    with _logging(logs.Shape.TEXT) as written:
        structlog.get_logger("x").info("polled", source=7)
    assert "polled" in written.getvalue()
    assert "source=7" in written.getvalue()
    assert not written.getvalue().startswith("{")


@pytest.mark.parametrize("name", ["django.security.DisallowedHost"])
def test_mistakes_of_strangers_are_no_news(name: str) -> None:
    with _logging(logs.Shape.AUTO) as written:
        logging.getLogger(name).error("Invalid HTTP_HOST header")
    assert written.getvalue() == ""
