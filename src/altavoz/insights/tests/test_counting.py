"""From a report to the sums: once a day, by class, and only what is there."""

from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from altavoz.insights import actions
from altavoz.insights.actions import counting
from altavoz.insights.models import Daily, FeedDaily, Public, Seen
from altavoz.insights.states import Source
from altavoz.insights.tests.conftest import NOON, Publish, a_visitor
from altavoz.showcase.models import Creator, Publication

DAY = date(2026, 3, 14)


def report(subject: str, what: str = "view", **more: object) -> bool:
    given = {
        "what": what,
        "subject": subject,
        "language": "es",
        "came_from": "",
        "own": {"altavoz.example"},
        "visitor": a_visitor(),
        "at": NOON,
    }
    return actions.count(**(given | more))  # type: ignore[arg-type]  # checked by the function itself


def days() -> list[tuple[object, ...]]:
    rows = Daily.objects.order_by("day", "subject", "language", "source")
    return list(rows.values_list("day", "subject", "language", "source", "views", "reads", "clicks"))


def test_a_device_counts_once_a_day_for_each_thing(publish: Publish) -> None:
    work = publish().subject
    for _ in range(2):
        for what in ("view", "view", "read", "click"):
            assert report(work, what) is True
        assert actions.flush(at=NOON) == 3
    assert days() == [(DAY, work, "es", "direct", 1, 1, 1)]
    assert actions.flush(at=NOON) == 0


def test_sums_are_by_work_language_and_class(publish: Publish) -> None:
    one, two = publish(1).subject, publish(2, language="pt-BR").subject
    report(one, came_from="www.google.com")
    report(one, came_from="www.google.com", visitor=a_visitor("203.0.113.8"))
    report(one, language="ja", came_from="altavoz.example", visitor=a_visitor("203.0.113.9"))
    report(two, "click")
    actions.flush(at=NOON)
    assert days() == [
        (DAY, one, "es", "search", 2, 0, 0),
        (DAY, one, "ja", "own", 1, 0, 0),
        (DAY, two, "es", "direct", 0, 0, 1),
    ]
    public = Public.objects.order_by("language").values_list("month", "language", "views", "clicks")
    assert list(public) == [(date(2026, 3, 1), "es", 3, 0), (date(2026, 3, 1), "pt", 0, 1)]


def test_the_page_of_a_creator_counts_but_is_no_work(creator: Creator) -> None:
    report(creator.subject)
    actions.flush(at=NOON)
    assert days() == [(DAY, creator.subject, "es", "direct", 1, 0, 0)]
    assert not Public.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"what": "wink"},
        {"subject": "moderation.case:1"},
        {"subject": "'; DROP TABLE"},
        {"subject": ""},
        {"language": ""},
        {"visitor": a_visitor(agent="Googlebot/2.1")},
        {"visitor": a_visitor(accept_language="")},
        {"visitor": a_visitor(purpose="prefetch")},
        {"visitor": a_visitor(asks_for_privacy=True)},
    ],
)
def test_what_makes_no_sense_is_not_even_noted(publish: Publish, more: dict[str, object]) -> None:
    given = {"subject": publish().subject} | more
    assert report(**given) is False  # type: ignore[arg-type]  # a table
    assert actions.flush(at=NOON) == 0


def test_what_is_not_to_be_seen_is_not_counted(publish: Publish) -> None:
    work = publish()
    Publication.objects.update(state="withdrawn", published_revision=None, basis="")
    assert report(work.subject) is True
    report("showcase.publication:999999")
    report("showcase.creator:999999")
    actions.flush(at=NOON)
    assert (days(), Seen.objects.count()) == ([], 0)


def test_one_who_pretends_to_be_many_gets_no_further(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = publish(1).subject, publish(2).subject
    monkeypatch.setattr(counting, "ADDRESS_AND_SUBJECT", 3)
    monkeypatch.setattr(counting, "ADDRESS", 5)
    crowd = [a_visitor(agent=f"Firefox/{number}") for number in range(9)]
    assert [report(one, visitor=somebody) for somebody in crowd[:4]] == [True, True, True, False]
    assert [report(two, visitor=somebody) for somebody in crowd[4:7]] == [True, False, False]


def test_one_device_has_its_day(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "DEVICE", 2)
    works = [publish(number).subject for number in range(3)]
    assert [report(work) for work in works] == [True, True, False]


def test_counting_costs_the_same_however_much_waits(
    publish: Publish, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 3):
        works = [publish(number * 10 + each).subject for each in range(number)]
        report(works[0], visitor=a_visitor(f"203.0.113.{number}"))
        actions.flush(at=NOON)  # the key of the day is known from here on
        for work in works:
            report(work, visitor=a_visitor(f"203.0.113.{number + 100}"))
        with django_assert_num_queries(6):  # savepoint, works, digests, days, months, release
            actions.flush(at=NOON)


def test_feeds_are_read_by_programs_and_through_services(creator: Creator) -> None:
    def fetch(address: str, agent: str, kind: str = "atom", feed: str = "all") -> bool:
        return actions.count_feed(feed=feed, kind=kind, visitor=a_visitor(address, agent), at=NOON)

    reader = "NetNewsWire"
    assert [fetch("203.0.113.1", reader), fetch("203.0.113.1", reader)] == [True, True]
    fetch("203.0.113.2", reader)
    for readers in (40, 42, 41):
        fetch("203.0.113.3", f"Feedly/1.0 ({readers} subscribers)")
    actions.flush(at=NOON)
    fetch("203.0.113.3", "Feedly/1.0 (7 subscribers)")
    fetch("203.0.113.3", "Feedly/1.0 (5 subscribers)", "rss")
    fetch("203.0.113.1", reader, feed=creator.subject)
    fetch("203.0.113.1", reader, feed="showcase.creator:999999")
    fetch("203.0.113.3", "Feedly/1.0 (5 subscribers)", feed="showcase.creator:999999")
    assert fetch("203.0.113.4", "GPTBot/1.2") is False
    assert actions.count_feed(feed="all", kind="atom", visitor=a_visitor(asks_for_privacy=True), at=NOON) is (
        False
    )
    actions.flush(at=NOON)
    actions.flush(at=NOON)
    rows = FeedDaily.objects.order_by("feed", "service").values_list("feed", "day", "service", "readers")
    assert list(rows) == [
        ("all", DAY, "", 2),
        ("all", DAY, "feedly/atom", 42),
        ("all", DAY, "feedly/rss", 5),
        (creator.subject, DAY, "", 1),
    ]


def test_a_flood_of_feeds_is_held_back(monkeypatch: pytest.MonkeyPatch, db: None) -> None:  # noqa: ARG001 - asked for its effect
    monkeypatch.setattr(counting, "DEVICE", 1)
    told = [
        actions.count_feed(feed=f"language:{tag}", kind="atom", visitor=a_visitor(), at=NOON)
        for tag in ("es", "ja")
    ]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("languages", "creator", "otherwise", "name"),
    [
        ((), "", False, "all"),
        (("es",), "", False, "language:es"),
        (("pt-BR",), "", False, "language:pt"),
        (("tlh",), "", False, "other"),
        (("es", "pt"), "", False, "other"),
        ((), "showcase.creator:5", False, "showcase.creator:5"),
        (("es",), "showcase.creator:5", False, "other"),
        ((), "showcase.publication:5", False, "other"),
        ((), "x" * 200, False, "other"),
        (("es",), "", True, "other"),
    ],
)
def test_a_feed_has_a_name(languages: tuple[str, ...], creator: str, otherwise: bool, name: str) -> None:  # noqa: FBT001 - a table
    assert actions.feed_named(languages_asked=languages, creator=creator, otherwise=otherwise) == name


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["insights_daykey", "insights_seen"])
def test_what_could_lead_to_a_device_is_in_no_log_of_changes(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == ("u",)


def test_late_counts_of_yesterday_go_to_yesterday(publish: Publish) -> None:
    work = publish().subject
    report(work)
    tomorrow = NOON + timedelta(days=1)
    actions.flush(at=tomorrow)
    report(work, at=tomorrow)
    actions.flush(at=tomorrow)
    assert [row[0] for row in days()] == [DAY, DAY + timedelta(days=1)]


def test_figures_counted_elsewhere_are_added(publish: Publish, creator: Creator) -> None:
    work = publish(language="pt-BR").subject
    report(work)
    actions.flush(at=NOON)
    rows = [
        actions.Counted(DAY, work, "es", Source.DIRECT, 10, 4, 2),
        actions.Counted(DAY, work, "es", Source.DIRECT, 1, 1, 0),
        actions.Counted(DAY - timedelta(days=14), work, "es", Source.SEARCH, 5, 0, 0),
        actions.Counted(DAY, creator.subject, "es", Source.DIRECT, 7, 0, 0),
    ]
    actions.add_figures(counted=rows, followed=[actions.Followed(DAY, "all", 3)])
    actions.add_figures(counted=())
    assert days() == [
        (date(2026, 2, 28), work, "es", "search", 5, 0, 0),
        (DAY, creator.subject, "es", "direct", 7, 0, 0),
        (DAY, work, "es", "direct", 12, 5, 2),
    ]
    months = Public.objects.order_by("month").values_list("month", "language", "views")
    assert list(months) == [(date(2026, 2, 1), "pt", 5), (date(2026, 3, 1), "pt", 12)]
    assert FeedDaily.objects.values_list("feed", "readers").get() == ("all", 3)
