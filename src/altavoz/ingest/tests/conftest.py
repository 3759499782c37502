"""Fixtures of this room."""

from datetime import datetime

import pytest
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.ingest.models import Source
from altavoz.ingest.states import SourceKind
from altavoz.people.actions import create_account
from altavoz.people.models import Account

OWNER = "showcase.creator:5"


@pytest.fixture
def site(httpserver: HTTPServer, settings: Settings) -> HTTPServer:
    """Return a web site on this machine that may be fetched."""
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    return httpserver


@pytest.fixture
def source(db: None, at: datetime) -> Source:  # noqa: ARG001 - the fixture brings the database
    return Source.objects.create(
        owner=OWNER,
        kind=SourceKind.FEED.value,
        address="https://b.example/",
        feed_url="https://b.example/feed.xml",
        added_at=at,
        next_poll_at=at,
    )


@pytest.fixture
def ana(db: None, at: datetime) -> Account:  # noqa: ARG001 - the fixture brings the database
    return create_account(email="ana@example.org", name="Ana", language="es", at=at)
