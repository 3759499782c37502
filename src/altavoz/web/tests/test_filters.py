"""Filters: one address for one list, nonsense left out."""

from django.http import QueryDict

from altavoz.search.documents import Query
from altavoz.web import filters


def read(query: str) -> filters.Filters:
    return filters.read(QueryDict(query))


def test_an_address_is_read_and_written_in_one_order() -> None:
    found = read(
        "sort=newest&year=2026&language=spa&language=es&q=%20asyncio%20&captions=1&kind=video&utm_source=x"
    )
    assert found.query == "?q=asyncio&language=es&kind=video&year=2026&captions=1&sort=newest"
    assert read(found.query[1:]) == found


def test_nonsense_is_left_out() -> None:
    assert (
        read("year=20x6&year=%D9%A2%D9%A0%D9%A2%D9%A6&sort=evil&captions=yes&kind=&language=")
        == filters.Filters()
    )
    assert filters.Filters().query == ""


def test_a_choice_is_added_and_taken_away() -> None:
    once = read("language=es").toggled("language", "ar")
    assert once.query == "?language=es&language=ar"
    assert once.toggled("language", "es").query == "?language=ar"
    assert once.toggled("language", "es").toggled("language", "ar").query == ""


def test_the_index_is_asked_for_what_was_chosen() -> None:
    found = read(
        "q=hilos&language=ar&topic=asyncio&level=beginner&length=short&year=2025&captions=1&creator=x:1"
    )
    assert found.asked(cursor="c", reads=("es",), limit=5) == Query(
        text="hilos",
        languages=("ar",),
        topics=("asyncio",),
        levels=("beginner",),
        lengths=("short",),
        years=(2025,),
        captions=True,
        creator="x:1",
        sort="relevant",
        cursor="c",
        limit=5,
        reads=("es",),
    )


def test_who_wants_everything_is_not_narrowed() -> None:
    assert read("all=1").asked(reads=("es",)).reads == ()
    assert read("all=1").order == "newest"
    assert read("q=x&sort=newest").order == "newest"
    assert read("sort=relevant").order == "relevant"
    assert read("q=x&sort=fair").order == "fair"
    assert read("q=x&kind=talk").kept == (("kind", "talk"),)


def test_many_toggles_are_those_of_each() -> None:
    for query in ("", "language=es", "q=a+b&language=es&language=ar&year=2024&captions=1&sort=newest"):
        filters = read(query)
        for name in ("language", "topic", "year"):
            values = ["es", "ar", "a b&c=d", "ñ"]
            assert filters.toggles(name, values) == [filters.toggled(name, one).query for one in values]
