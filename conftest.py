"""What every test may ask for: a fixed time, jobs run in process, no network but this machine's."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dj_database_url
import pytest
import pytest_socket
from django.core.cache import cache
from django.db import connections

from altavoz.core import postgres

pytest_plugins = ["altavoz.core.testing"]

#: The moment tests happen at, unless they say otherwise.
NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Where DATABASE_URL is not set, tests have a server of their own that forgets everything in a power cut."""
    if "DATABASE_URL" in os.environ:
        yield
        return
    with postgres.running(Path(__file__).parent / "var/test", durable=False) as url:
        os.environ["DATABASE_URL"] = url
        ours, theirs = connections.settings["default"], dj_database_url.parse(url)
        ours.update({**theirs, "OPTIONS": {**ours["OPTIONS"], **theirs.get("OPTIONS", {})}})
        yield
        del os.environ["DATABASE_URL"]


@pytest.fixture(autouse=True)
def _only_this_machine() -> Iterator[None]:
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()  # noqa: SLF001  the package's own pytest hook calls it


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
