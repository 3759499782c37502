"""What the program tells its operator: lines of JSON for machines, readable lines on a terminal."""

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
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "altavoz"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A stranger's wrong Host header or path is their mistake, and no news.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"propagate": True},
            "procrastinate": {"level": "WARNING"},
        },
    }


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
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_shared(), processors=[remove, *last])


def _without_locals(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Local variables may hold an address or a token of somebody: they do not belong in a log."""
    for error in event.get("exception") or []:
        for frame in error.get("frames", ()):
            frame.pop("locals", None)
    return event
