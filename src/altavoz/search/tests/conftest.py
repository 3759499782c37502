"""Documents to search for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from altavoz import search
from altavoz.search import Document, Query

START = datetime(2020, 1, 1, tzinfo=UTC)

Make = Callable[..., Document]
Find = Callable[..., list[int]]


def make(number: int, title: str = "Charla", language: str = "es", **fields: Any) -> Document:
    """Return document `number`, published that many days after the start of 2020."""
    published_at = START + timedelta(number)
    common: dict[str, Any] = {"metadata_language": language, "kind": "talk", "published_at": published_at}
    return Document(
        subject=f"showcase.publication:{number}", language=language, title=title, **(common | fields)
    )


def numbers(page: search.Page) -> list[int]:
    """Return the numbers of the documents on `page`."""
    return [int(hit.subject.rpartition(":")[2]) for hit in page.hits]


@pytest.fixture
def found() -> Find:
    """Return a function that finds the numbers of documents."""
    return lambda text="", **fields: numbers(search.find(Query(text=text, **fields)))
