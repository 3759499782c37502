"""A question with a slip is offered put right, in the words of real titles."""

import pytest
from django.db import transaction

from altavoz import search
from altavoz.search import Query, vocabulary
from altavoz.search.models import Word
from altavoz.search.tests.conftest import make, numbers

pytestmark = pytest.mark.django_db


def put_some() -> None:
    search.put(
        make(1, "Introducción a Django"),
        make(2, "PROGRAMACIÓN asíncrona"),
        make(3, "Асинхронное программирование", "ru"),
        make(4, "Programmation asynchrone", "fr"),
        make(5, "Programação assíncrona", "pt"),
    )


@pytest.mark.parametrize(
    ("asked", "languages", "expected"),
    [
        ("djagno", (), "django"),
        ("Djagno?", (), "django"),
        ("introduccoin a djagno", (), "introducción a django"),
        ('djagno "una frase"', (), 'django "una frase"'),
        ("proggramacion", ("es",), "programación"),
        ("programmaton", ("fr",), "programmation"),
        ("програмирование", (), "программирование"),
        ("django", (), ""),
        ("djggano", (), ""),
        ("djng", (), ""),
        ('"djagno"', (), ""),
        ("asíncrona", (), ""),
    ],
)
def test_what_was_meant(asked: str, languages: tuple[str, ...], expected: str) -> None:
    put_some()
    assert search.find(Query(text=asked, languages=languages)).suggestion == expected


def test_what_was_meant_is_shown_where_nothing_else_is() -> None:
    put_some()
    page = search.find(Query(text="djagno"))
    assert (numbers(page), page.loose, page.total) == ([1], 1, search.Count(1))
    assert search.find(Query(text="djagno", languages=("fr",))).hits == ()


def test_the_more_usual_word_is_offered() -> None:
    search.put(make(1, "Dianza"), make(2, "Danzas"), make(3, "Danzas"))
    assert search.find(Query(text="dqnzas")).suggestion == "danzas"


def test_enough_works_need_no_suggestion() -> None:
    search.put(*(make(n, "Djagno") for n in range(1, 5)), make(9, "Django"))
    assert search.find(Query(text="djagno")).suggestion == ""


def test_words_are_learnt_once_and_go_with_their_last_title() -> None:
    search.put(make(1, "Secreto guardado"), make(2, "Guardado"))
    search.put(make(3, "Guardado"))
    assert sorted(Word.objects.values_list("term", flat=True)) == ["guardado", "secreto"]
    search.put(make(1, "Otra cosa"))
    assert sorted(Word.objects.values_list("term", flat=True)) == ["guardado"]
    search.remove("showcase.publication:2", "showcase.publication:3")
    assert not Word.objects.exists()


def test_who_changes_works_in_their_order_waits_for_nobody_crosswise() -> None:
    search.put(*(make(n) for n in (9, 10)))
    with transaction.atomic():
        search.remove("showcase.publication:9")
        search.remove("showcase.publication:10")
    assert search.find(Query()).total == search.Count(0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("", "", 0), ("django", "djagno", 1), ("django", "djnago", 1), ("abc", "cab", 2), ("casa", "cosas", 2)],
)
def test_distance(one: str, other: str, expected: int) -> None:
    assert vocabulary.distance(one, other) == vocabulary.distance(other, one) == expected
