"""How well and how fast works are found: graded questions in nine languages, beside two other searches."""

import json
from collections.abc import Mapping, Sequence
from math import log2
from statistics import mean
from time import perf_counter
from typing import Any

from bench import catalogue, corpus, peers, stage

LANGUAGES = ("es", "pt", "fr", "en", "ar", "ja", "zh", "ru", "ko")
_BEST = 10
_TIMED = 150  # searches of each language at a million works

Grades = Mapping[str, Mapping[str, int]]


def measure() -> dict[str, Any]:
    """Return nDCG@10 of ours and of both peers in each language, and our p95 at a million works."""
    if not catalogue.PATH.exists():
        return {"skipped": f"{catalogue.PATH} is missing"}
    with stage.database("bench_search"):
        ndcg = _quality()
    return {"ndcg": ndcg, **_speed()}


def _quality() -> dict[str, dict[str, float]]:
    from altavoz.search import rebuilding

    works = corpus.documents(LANGUAGES)
    rebuilding.rebuild(works)
    found = {}
    for tag in LANGUAGES:
        mine = [work for work in works if work.language == tag]
        graded = grades(tag)
        found[tag] = {
            "ours": _ndcg(ours(tag), graded),
            "fts5": max(_ndcg(peer, graded) for peer in peers.fts5(mine)),
            "pg": max(_ndcg(peer, graded) for peer in peers.postgresql(tag, mine)),
        }
    return found


def grades(tag: str) -> Grades:
    """Return the questions of a language, and the grade of each work that was judged for it."""
    rows = json.loads((corpus.FOLDER / f"{tag}.json").read_text(encoding="utf-8"))
    return {
        row["query"]: {work: int(grade) for grade, works in row["grades"].items() for work in works}
        for row in rows
    }


def ours(tag: str) -> peers.Search:
    """Return our search as a visitor uses it who has chosen that language."""
    from altavoz.search.documents import Query
    from altavoz.search.queries import find

    def search(asked: str) -> list[str]:
        page = find(Query(text=asked, languages=(tag,), sort="relevant", limit=_BEST))
        return [hit.subject for hit in page.hits][:_BEST]

    return search


def _ndcg(search: peers.Search, graded: Grades) -> float:
    return round(mean(ndcg(names(search(asked)), works) for asked, works in graded.items()), 3)


def names(subjects: Sequence[str]) -> list[str]:
    """Return what works are called in the catalogue."""
    return [subject.partition(":")[2] for subject in subjects]


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the discounted gain of the ten found first, as a part of the best there could be."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in found]) / ideal if ideal else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:_BEST]))


def _speed() -> dict[str, Any]:
    """Return the 95th percentile of searches at a million works, where a server with that database is at hand."""
    from bench import growing

    figures: dict[str, float] = {}
    with growing.works(1_000_000):
        from bench import paths

        for tag in ("es", "ja", "ar", "en", "pt", "ru"):
            times = sorted(_timed(address) for address in paths.search(tag)[-_TIMED:])
            figures[tag] = round(times[int(len(times) * 0.95)], 1)
    return {"p95_ms_1m": figures}


def _timed(address: str) -> float:
    from django.http import QueryDict

    from altavoz.search.queries import find
    from altavoz.web import filters

    asked = filters.read(QueryDict(address.partition("?")[2])).asked()
    before = perf_counter()
    find(asked)
    return (perf_counter() - before) * 1000
