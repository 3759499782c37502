"""Graded questions are complete, and those in Arabic are answered as well as they were when this was written."""

from statistics import mean

import pytest
from bench import corpus
from bench import search as bench

from altavoz.search import rebuilding


@pytest.mark.parametrize("tag", bench.LANGUAGES)
def test_each_language_has_enough_judged_works(tag: str) -> None:
    graded = bench.grades(tag)
    assert len(graded) >= 15
    assert {asked: len(works) for asked, works in graded.items() if len(works) < 5} == {}
    assert {grade for works in graded.values() for grade in works.values()} == {0, 1, 2, 3}


@pytest.mark.django_db(transaction=True)
def test_arabic_is_found() -> None:
    """The works are ours, so this needs no catalogue; `make bench ONLY=search` measures all languages."""
    rebuilding.rebuild(corpus.invented())
    search = bench.ours("ar")
    found = {asked: bench.names(search(asked)) for asked in bench.grades("ar")}
    assert mean(bench.ndcg(found[asked], works) for asked, works in bench.grades("ar").items()) > 0.85


@pytest.mark.parametrize(
    ("found", "expected"), [(["a", "b"], 1.0), (["x", "y"], 0.0), (["b", "a"], 0.71), ([], 0.0)]
)
def test_gain(found: list[str], expected: float) -> None:
    assert bench.ndcg(found, {"a": 3, "b": 1, "c": 0}) == pytest.approx(expected, abs=0.01)
    assert bench.ndcg(found, {"c": 0}) == 1
