"""Pages follow each other without gap or repetition, and say what else there is."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from altavoz import search
from altavoz.core.languages import CONTENT_LANGUAGES
from altavoz.search import BadCursor, Count, FacetValue, Hit, Query
from altavoz.search.queries import latest_each, planning
from altavoz.search.tests.conftest import Find, make, numbers

#: All read whole; only the newest, season by season; only the newest, along the dates.
WAYS = [(500, 3000), (-1, 0), (-1, 10**9)]

pytestmark = pytest.mark.django_db


def walk(**fields: object) -> list[int]:
    """Return what all pages of a query show, two at a time."""
    seen, cursor = [], ""
    while True:
        page = search.find(Query(limit=2, cursor=cursor, **fields))  # type: ignore[arg-type]
        seen += numbers(page)
        if page.cursor is None:
            return seen
        cursor = page.cursor


def put_seven() -> None:
    same = datetime(2021, 5, 5, 5, 5, 5, 123456, tzinfo=UTC)
    search.put(
        make(1, "Datos uno", topics=("datos",), duration_s=60),
        make(2, "Datos dos y más datos", topics=("datos", "web"), duration_s=1800, captions=True),
        make(3, "Dados", "pt", topics=("web",), duration_s=6000),
        make(4, "Datos", kind="article", level="beginner", published_at=same),
        make(5, "Datos", kind="article", level="beginner", published_at=same),
        make(6, "Data", "und", published_at=None, creators=("showcase.creator:9",)),
        make(7, "データ", "ja", creators=("showcase.creator:9", "showcase.creator:10"), topics=("datos",)),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [5, 4, 7, 3, 2, 1, 6]),
        ({"languages": ("es", "pt")}, [5, 4, 3, 2, 1]),
        ({"languages": ("spa",)}, [5, 4, 2, 1]),
        ({"reads": ("es",)}, [5, 4, 2, 1, 6]),
        ({"kinds": ("article",)}, [5, 4]),
        ({"kinds": ("talk", "article"), "languages": ("es", "ja")}, [5, 4, 7, 2, 1]),
        ({"topics": ("datos",)}, [7, 2, 1]),
        ({"topics": ("datos", "web")}, [7, 3, 2, 1]),
        ({"topics": ("datos",), "languages": ("es",)}, [2, 1]),
        ({"levels": ("beginner",), "kinds": ("article",)}, [5, 4]),
        ({"years": (2021,)}, [5, 4]),
        ({"years": (-5, 10**9)}, []),
        ({"years": (2020, 2021), "captions": False}, [5, 4, 7, 3, 1]),
        ({"lengths": ("short", "long")}, [3, 1]),
        ({"captions": True}, [2]),
        ({"creator": "showcase.creator:9"}, [7, 6]),
        ({"creator": "showcase.creator:9", "languages": ("ja",)}, [7]),
        ({"text": "datos"}, [5, 4, 7, 2, 1]),
        ({"text": "datos", "kinds": ("talk",)}, [7, 2, 1]),
        ({"text": "datos", "kinds": ("talk",), "languages": ("es",)}, [2, 1]),
        ({"kinds": ("podcast",)}, []),
        ({"kinds": ("talk",), "languages": ("es", *CONTENT_LANGUAGES)}, [7, 3, 2, 1]),
        ({"languages": CONTENT_LANGUAGES}, [5, 4, 7, 3, 2, 1]),
        ({"sort": "relevant"}, [5, 4, 7, 3, 2, 1, 6]),
    ],
)
@pytest.mark.parametrize(("whole", "walked"), WAYS)
def test_filters_and_pages(
    fields: dict[str, object], expected: list[int], whole: int, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "BOUND", whole)
    monkeypatch.setattr(planning, "WALKED", walked)
    put_seven()
    assert walk(**fields) == expected
    if whole > 0:
        assert search.find(Query(**fields)).total == Count(len(expected))  # type: ignore[arg-type]


@pytest.mark.parametrize(("whole", "walked"), WAYS)
def test_relevance_puts_titles_first(whole: int, walked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "BOUND", whole)
    monkeypatch.setattr(planning, "WALKED", walked)
    search.put(
        make(1, "Django"),
        make(2, "Otra charla larga sobre muchas cosas", summary="Un poco de Django al final"),
        make(3, "Una charla", topics=("django",)),
        make(4, "Django"),
    )
    assert walk(text="django", sort="relevant") == [4, 1, 3, 2]
    first = search.find(Query(text="django", sort="relevant", limit=1))
    assert 0 < first.hits[0].rank < 1


def test_limits() -> None:
    put_seven()
    assert len(search.find(Query(limit=0)).hits) == 1
    assert len(search.find(Query(limit=10**9)).hits) == 7


@pytest.mark.parametrize(
    "cursor",
    ["x", "n0.1", "r0.1.1", "n0.1.1x", "n0.1.1\n", "n٠.1.1", "n0.-99999999999999999.1", "n" * 5000, "\x00"],
)
@pytest.mark.parametrize("text", ["", "datos", "!!!"])
def test_a_bad_cursor_is_refused(cursor: str, text: str) -> None:
    with pytest.raises(BadCursor):
        search.find(Query(text=text, cursor=cursor))


def test_a_cursor_belongs_to_its_order() -> None:
    put_seven()
    cursor = search.find(Query(text="datos", limit=1)).cursor
    assert cursor is not None
    with pytest.raises(BadCursor):
        search.find(Query(text="datos", sort="relevant", cursor=cursor))


def test_facets_of_everything() -> None:
    put_seven()
    page = search.find(Query())
    assert page.facets == {
        "language": (FacetValue("es", 4), FacetValue("ja", 1), FacetValue("pt", 1), FacetValue("und", 1)),
        "kind": (FacetValue("talk", 5), FacetValue("article", 2)),
        "topic": (FacetValue("datos", 3), FacetValue("web", 2)),
        "level": (FacetValue("beginner", 2),),
        "length": (FacetValue("long", 1), FacetValue("medium", 1), FacetValue("short", 1)),
        "year": (FacetValue("2021", 2), FacetValue("2020", 4)),
        "captions": (FacetValue("no", 6), FacetValue("yes", 1)),
    }
    assert page.hidden == 0


@pytest.mark.parametrize(
    "query", [Query(languages=("es",), kinds=("talk",)), Query(text="d", languages=("es",))]
)
def test_a_chosen_facet_shows_its_alternatives(query: Query) -> None:
    put_seven()
    search.put(make(8, "D", "fr"), make(9, "D"))
    languages = search.find(query).facets["language"]
    assert [value.value for value in languages][:1] == ["es"]
    assert FacetValue("fr", 1) in languages


def test_three_filters_are_counted_from_the_works() -> None:
    put_seven()
    page = search.find(Query(languages=("es",), kinds=("article",), years=(2021,)))
    assert page.total == Count(2)
    assert page.facets["kind"] == (FacetValue("article", 2),)
    assert page.facets["year"] == (FacetValue("2021", 2),)
    assert page.facets["level"] == (FacetValue("beginner", 2),)


def test_topics_together_show_all_topics() -> None:
    put_seven()
    search.put(make(8, topics=("juegos",)))
    assert search.find(Query(topics=("datos", "web"))).facets["topic"] == (
        FacetValue("datos", 3),
        FacetValue("web", 2),
        FacetValue("juegos", 1),
    )


def test_hidden_languages_are_counted() -> None:
    put_seven()
    assert search.find(Query(reads=("es",))).hidden == 2
    assert search.find(Query(languages=("es",))).hidden == 3
    assert search.find(Query(text="datos", reads=("pt",))) == search.Page(
        facets={
            "language": (FacetValue("es", 4), FacetValue("ja", 1)),
            **dict.fromkeys(("kind", "topic", "level", "length", "year", "captions"), ()),
        },
        hidden=5,
    )


def test_frequent_words_are_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    put_seven()
    monkeypatch.setattr(planning, "BOUND", 3)
    page = search.find(Query(text="datos"))
    assert page.total == Count(3, exact=False)
    assert numbers(page) == [5, 4, 7, 2, 1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), 2),
        (Query(reads=("es",), kinds=("talk",)), 2),
        (Query(topics=("datos",)), 3),
        (Query(creator="showcase.creator:9"), 2),
        (Query(text="datos", languages=("es",), sort="relevant"), 3),
        (Query(text="dtaos"), 5),
        (Query(text="!!!"), 0),
    ],
)
@pytest.mark.parametrize("count", [3, 5])
def test_an_answer_costs_few_statements(
    query: Query, expected: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search.put(
        *(make(n, "Datos", topics=("datos",), creators=("showcase.creator:9",)) for n in range(1, count + 1))
    )
    with django_assert_num_queries(expected):
        page = search.find(query)
    assert len(page.hits) == (0 if query.text == "!!!" else count)


def test_latest_and_counts(found: Find) -> None:
    assert (search.counts_by_language(), search.latest((), 3), found()) == ({}, (), [])
    put_seven()
    assert search.counts_by_language() == {"es": 4, "ja": 1, "pt": 1, "und": 1}
    assert search.latest(("ja", "pt"), 5) == (Hit("showcase.publication:7"), Hit("showcase.publication:3"))
    assert search.latest((), 1) == (Hit("showcase.publication:5"),)


def test_the_latest_of_each_language() -> None:
    put_seven()
    assert latest_each(["pt", "sw", "es"]) == (Hit("showcase.publication:3"), Hit("showcase.publication:5"))
    assert latest_each([]) == ()


_LANGUAGES = ("sw", "gl", *("es", "pt", "fr") * 6)
_KINDS = ("talk", "article")
_LETTERS = str.maketrans("0123456789", "oizeasgtbq")


def plan(query: Query) -> str:
    """Return the plans of what `query` reads, sequential scans allowed."""
    with connection.cursor() as cursor, connection.execute_wrapper(_Explaining()) as _:
        cursor.execute("SELECT 1")
        search.find(query)
    return "\n".join(_Explaining.plans)


class _Explaining:
    """Asks for the plan of each statement before it runs."""

    plans: list[str] = []

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        if "search_" in sql and not sql.startswith("EXPLAIN"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                self.plans.extend(line for (line,) in cursor.fetchall())
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(), "search_newest"),
        (Query(languages=("sw", "gl")), "search_language_newest"),
        (Query(kinds=("article",)), "search_kind_newest"),
        (Query(languages=("es",), kinds=("article",)), "search_both_newest"),
        (Query(text="rara"), "search_terms"),
        (Query(text="rara", languages=("es",), sort="relevant"), "search_terms"),
        (Query(topics=("raro",)), "search_terms"),
        (Query(text="rrarra"), "search_word_near"),
        (Query(), "search_tally_scope"),
    ],
)
def test_every_path_uses_an_index(query: Query, index: str) -> None:
    search.put_many(
        make(
            n,
            f"Charla número {n} sobre {str(n * 99_991).translate(_LETTERS)}",
            _LANGUAGES[n % 20],
            kind=_KINDS[n % 50 == 0],
            topics=(f"t{n % 99}",),
        )
        for n in range(1, 4001)
    )
    search.put(make(4001, "Una cosa rarra", topics=("raro",)), make(4002, "Una cosa rara"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_word_near')")
        cursor.execute("ANALYZE search_indexed, search_tally, search_word")
    _Explaining.plans = []
    plans = plan(query)
    assert index in plans
    assert "Seq Scan on search_" not in plans
