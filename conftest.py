"""What every test may ask for: a fixed time, jobs run in process, no network but this machine's."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import pytest_socket
from django.core.cache import cache

pytest_plugins = ["altavoz.core.testing"]

#: The moment tests happen at, unless they say otherwise.
NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def _only_this_machine() -> Iterator[None]:
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()  # noqa: SLF001  the package's own pytest hook calls it


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


Deliver = Callable[..., int]
