"""Putting and removing, once or twice, alone or at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from altavoz import search
from altavoz.search import Document, Query, facets, indexing, rebuilding, tasks, vocabulary
from altavoz.search.models import Indexed, Tally
from altavoz.search.tests.conftest import Find, make


def sums() -> dict[tuple[str, str], int]:
    """Return what the counters say, zeros left out."""
    found: dict[tuple[str, str], int] = {}
    for scope, facet, change in Tally.objects.order_by("pk").values_list("scope", "facet", "change"):
        found[scope, facet] = found.get((scope, facet), 0) + change
    return {key: n for key, n in found.items() if n}


@pytest.mark.django_db
def test_putting_twice_writes_once() -> None:
    assert search.put_many([make(1), make(2)]) == 2
    before = list(Tally.objects.order_by("pk").values())
    assert search.put_many([make(2), make(1)]) == 0
    assert list(Tally.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_changed_document_replaces_the_old_one(found: Find) -> None:
    search.put(make(1, "Antes", topics=("viejo",)), make(2))
    search.put(make(1, "Después", "pt", topics=("nuevo",)))
    assert (found("antes"), found("después"), found(topics=("viejo",))) == ([], [1], [])
    expected = sums()
    search.remove("showcase.publication:1", "showcase.publication:2")
    search.put(make(2), make(1, "Después", "pt", topics=("nuevo",)))
    assert sums() == expected


@pytest.mark.django_db
def test_of_several_for_one_subject_the_last_counts(found: Find) -> None:
    search.put(make(1, "Primera"), make(1, "Segunda"))
    assert (found("primera"), found("segunda"), search.counts_by_language()) == ([], [1], {"es": 1})


@pytest.mark.django_db
def test_what_is_removed_leaves_no_trace(found: Find) -> None:
    search.put(make(1, "Secreto", creator_names=("Nadie",), topics=("tema",)))
    search.remove("showcase.publication:1")
    search.remove("showcase.publication:1", "showcase.publication:7")
    search.remove()
    search.put()
    search.fold_tallies()
    assert (found("secreto"), found("secrteo"), found()) == ([], [], [])
    assert (Indexed.objects.count(), Tally.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_adding_up_changes_no_counter() -> None:
    search.put(make(1), make(2, kind="article"))
    search.put(make(3), make(1, topics=("nuevo",)))
    expected = sums()
    search.fold_tallies()
    assert sums() == expected
    rows = Tally.objects.count()
    assert rows == len(expected)
    search.fold_tallies()
    assert Tally.objects.count() == rows


@pytest.mark.django_db
def test_the_job_adds_up() -> None:
    search.put(make(1))
    search.put(make(2))
    tasks.fold_tallies(0)
    assert Tally.objects.filter(scope="", facet="*").values_list("change", flat=True).get() == 2


@pytest.mark.django_db
def test_a_subject_stands_once() -> None:
    fields = {
        "language": "es",
        "kind": "talk",
        "published_at": timezone.now(),
        "facets": [],
        "terms": "",
        "near": [],
    }
    Indexed.objects.create(subject="showcase.publication:1", digest="", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indexed.objects.create(subject="showcase.publication:1", digest="", **fields)


@pytest.mark.django_db(transaction=True)
def test_putting_at_the_same_time_counts_once() -> None:
    start = Barrier(4)

    def put(turn: int) -> None:
        start.wait()
        try:
            for n in range(1, 12):
                search.put(make(n, topics=(f"tema-{turn}",)), make(n + 1))
                search.fold_tallies()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(4)))
    expected: Counter[tuple[str, str]] = Counter()
    for row in Indexed.objects.order_by("pk"):
        expected.update(product(facets.scopes_of(row.facets), [facets.TOTAL, *row.facets]))
    assert sums() == expected
    assert expected["", facets.TOTAL] == 12


@pytest.mark.django_db
def test_thousands_are_put_in_batches() -> None:
    assert search.put_many(make(n, f"Charla {n}") for n in range(1, 2502)) == 2501
    assert search.find(Query()).total == search.Count(2501)


def test_a_row_says_what_the_document_says() -> None:
    document = Document(
        subject="showcase.publication:1",
        kind="video",
        language="spa",
        metadata_language="en",
        title="It's C++",
        creator_names=("Ана",),
        topics=("web",),
        creators=("showcase.creator:1",),
        duration_s=0,
    )
    row = indexing.row(document)
    assert dict(row) == {
        "subject": "showcase.publication:1",
        "language": "es",
        "kind": "video",
        "published_at": "1970-01-01T00:00:00+00:00",
        "facets": ["l:es", "k:video", "s:no", "t:web", "c:showcase.creator:1"],
        "terms": "'it':1A 'c++':2A 'ана':13B 'ana':13B 'web':24B '=l:es' '=k:video' '=s:no' '=t:web' "
        "'=c:showcase.creator:1' '=@1970' '=@1970-01' '=@1970-01-01'",
        "near": [],
        "digest": indexing.digest(document),
    }


def test_positions_stay_within_what_postgresql_counts() -> None:
    row = indexing.row(make(1, "si " * 20_000, summary="final"))
    assert "final" not in row["terms"]
    assert row["terms"].count(",") == 49


def test_misspellings() -> None:
    words = ("python", "pyhton", "pythn", "pythonn", "pythen")
    assert all(vocabulary.misspellings("python") & vocabulary.misspellings(word) for word in words)
    assert not vocabulary.misspellings("python") & vocabulary.misspellings(
        "cython"
    ) - vocabulary.misspellings("ython")
    assert (
        vocabulary.misspellings("java")
        == vocabulary.misspellings("abc123")
        == vocabulary.misspellings("x" * 99)
        == set()
    )


@pytest.mark.django_db(transaction=True)
def test_rebuilding_finds_exactly_what_is_given(found: Find) -> None:
    search.put(make(1, "Viejo"), make(2, "Queda"))
    assert rebuilding.rebuild([make(2, "Queda"), make(3, "Nuevo")]) == 2
    assert (found(), found("viejo"), found("nuevo"), search.counts_by_language()) == (
        [3, 2],
        [],
        [3],
        {"es": 2},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'search_terms'")
        assert cursor.fetchone() == (1,)
