"""Related works are close, and not always by the same people."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz import search
from altavoz.search.queries import related
from altavoz.search.tests.conftest import make

pytestmark = pytest.mark.django_db


def close(subject: int, limit: int = 10) -> list[int]:
    hits = related(f"showcase.publication:{subject}", limit=limit)
    return [int(hit.subject.rpartition(":")[2]) for hit in hits]


def by(*numbers: int) -> dict[str, Any]:
    return {"creators": tuple(f"showcase.creator:{n}" for n in numbers)}


def test_the_closest_come_first_and_others_before_the_same() -> None:
    search.put(
        make(1, "Raspado web con Scrapy", topics=("scraping",), **by(1)),
        make(2, "Scrapy avanzado para raspado", topics=("scraping",), **by(1)),
        make(3, "Raspado web con paciencia", topics=("scraping",), **by(2)),
        make(4, "Más raspado", topics=("scraping",), **by(2)),
        make(5, "Scrapy", "pt", **by(3)),
        make(6, "Astronomía", **by(4)),
        *(make(n, "Relleno", **by(n)) for n in range(10, 60)),
    )
    assert close(1) == [3, 5, 2, 4]
    assert close(1, 1) == [3]


def test_nothing_goes_with_what_is_not_there_or_says_nothing() -> None:
    search.put(make(1, "¡!"), make(2, "Otra"))
    assert (close(7), close(1), close(2, 0)) == ([], [], [])


@pytest.mark.parametrize("count", [1, 3])
def test_three_statements(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    search.put(*(make(n, "Datos abiertos") for n in range(count + 1)))
    with django_assert_num_queries(3):
        assert len(close(0)) == count
