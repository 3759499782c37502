"""What the program tells its operator: lines of JSON for machines, readable lines on a terminal."""

import logging
import sys
from enum import StrEnum
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


class Shape(StrEnum):
    """How a line looks; AUTO is TEXT on a terminal and JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


def settings(*, level: str = "INFO", shape: Shape = Shape.AUTO) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up, so that both say the same in the same shape.

    With AUTO a terminal gets readable lines and everything else, a file or the journal, gets JSON.
    """
    as_json = shape == Shape.JSON or (shape == Shape.AUTO and not sys.stderr.isatty())
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_shared(), _for_stdlib],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"altavoz": {"()": lambda: _formatter(as_json=as_json)}},
        "filters": {"jobs": {"()": lambda: _Jobs(level)}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "altavoz", "filters": ["jobs"]},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A stranger's wrong Host header or path is their mistake, and no news.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"propagate": True},
            "procrastinate": {"level": "INFO"},  # of which `_Jobs` lets through what went wrong
        },
    }


class _Jobs(logging.Filter):
    """Tells of a job that failed in one line, also when it will be tried again; routine is no news.

    Procrastinate says what will be tried again as quietly as that a job began, and words it for every job anew.
    """

    def __init__(self, level: str) -> None:
        super().__init__()
        self._least = max(logging.WARNING, logging.getLevelNamesMapping()[level])

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is to be written; reword it where it is about a job that failed."""
        if record.name.partition(".")[0] != "procrastinate":
            return True
        action, job = getattr(record, "action", ""), getattr(record, "job", None)
        if action in {"job_error", "job_error_retry"} and isinstance(job, dict):
            self._reword(record, job, again=action == "job_error_retry")
        return record.levelno >= self._least

    def _reword(self, record: logging.LogRecord, job: dict[str, Any], *, again: bool) -> None:
        record.levelno = logging.WARNING if again else logging.ERROR
        record.levelname = logging.getLevelName(record.levelno)
        record.msg, record.args = "core.job_failed", ()
        # Of the arguments only this one: others may name a person.
        handler = (job.get("task_kwargs") or {}).get("handler", "")
        told = {"task": job.get("task_name"), "handler": handler, "job_id": job.get("id")}
        vars(record).update(told, attempt=job.get("attempts", 0) + 1, tried_again=again)


#: What a reworded record carries beside its message.
_CARRIED = ("task", "handler", "job_id", "attempt", "tried_again")
_for_stdlib = structlog.stdlib.ProcessorFormatter.wrap_for_formatter


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
    ]


def _formatter(*, as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    last: list[Processor]
    if as_json:
        last = [
            structlog.processors.dict_tracebacks,
            _without_locals,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ]
    else:
        last = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    foreign: list[Processor] = [*_shared(), structlog.stdlib.ExtraAdder(allow=_CARRIED)]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=foreign, processors=[remove, *last])


def _without_locals(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Local variables may hold an address or a token of somebody: they do not belong in a log."""
    for error in event.get("exception") or []:
        for frame in error.get("frames", ()):
            frame.pop("locals", None)
    return event
