"""The imitation, running, and a connection to it."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from altavoz.promotion.channels.contract import Connection
from altavoz.promotion.channels.mastodon.fake.server import Server, id_of, running
from altavoz.promotion.channels.mastodon.fake.state import World


@pytest.fixture
def fake(settings: Settings) -> Iterator[Server]:
    settings.ALTAVOZ_FETCH_ALLOW = ["127.0.0.1/32"]
    with running(World(accounts={"secret": "altavoz", "other": "otra"})) as server:
        settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{server.server_address[1]}"]
        yield server


@pytest.fixture
def connection(fake: Server) -> Connection:
    options = {"account_id": id_of("altavoz")}
    return Connection(address=fake.address, credentials={"token": "secret"}, options=options)
