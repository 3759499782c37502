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
def _logging(shape: logs.Shape, level: str = "INFO") -> Iterator[io.StringIO]:
    """Set logging up as a process does, but into a string; leave everything as it was."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    written = io.StringIO()
    settings = logs.settings(shape=shape, level=level)
    handler: dict[str, Any] = settings["handlers"]["stderr"]
    handler["stream"] = written
    try:
        logging.config.dictConfig(settings)
        yield written
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
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


def _job(action: str, **job: Any) -> dict[str, Any]:
    usual = {
        "id": 7,
        "task_name": "core.handle",
        "attempts": 0,
        "task_kwargs": {"handler": "showcase.vanish"},
    }
    return {"action": action, "job": usual | job}


def test_a_job_that_failed_is_one_line_also_when_it_is_tried_again() -> None:
    with _logging(logs.Shape.JSON) as written:
        theirs = logging.getLogger("procrastinate.worker")
        for action, level in (("job_error_retry", logging.INFO), ("job_error", logging.ERROR)):
            problem = ZeroDivisionError("no")
            theirs.log(level, "Job x[7]() ended", extra=_job(action, attempts=2), exc_info=problem)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    names = ("event", "level", "task", "handler", "attempt", "job_id", "tried_again")
    assert [tuple(line[name] for name in names) for line in lines] == [
        ("core.job_failed", "warning", "core.handle", "showcase.vanish", 3, 7, True),
        ("core.job_failed", "error", "core.handle", "showcase.vanish", 3, 7, False),
    ]
    assert [line["exception"][0]["exc_type"] for line in lines] == ["ZeroDivisionError"] * 2


def test_routine_of_jobs_is_no_news() -> None:
    with _logging(logs.Shape.JSON) as written:
        theirs = logging.getLogger("procrastinate.worker.worker-1")
        theirs.info("Starting job", extra=_job("start_job"))
        theirs.info("Job ended with status: Success", extra=_job("job_success"))
        theirs.debug("Acknowledged")
        theirs.warning("A side task ended")
    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == ["A side task ended"]


def test_who_asks_for_errors_only_gets_errors_only() -> None:
    with _logging(logs.Shape.JSON, level="ERROR") as written:
        theirs = logging.getLogger("procrastinate.worker")
        theirs.info("Job ended", extra=_job("job_error_retry"))
        theirs.error("Job ended", extra=_job("job_error"))
    assert [json.loads(line)["tried_again"] for line in written.getvalue().splitlines()] == [False]
