"""The reach of a creator's works: for their owner, as charts, tables and a file."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from altavoz.insights.models import Carried, Daily, FeedDaily, Public
from altavoz.insights.queries import rows
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Publication, Revision
from altavoz.web import reaching
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish


@pytest.fixture
def owner(person: Account, creator: Creator, at: datetime) -> Account:
    creator.ownerships.create(account=person, method="token", since=at)
    return person


@pytest.fixture(autouse=True)
def _now(at: datetime) -> object:
    with time_machine.travel(at, tick=False):
        yield


def seen(subject: str, at: datetime, views: int = 10, days_ago: int = 0, **more: object) -> None:
    given = {"language": "es", "source": "search", "reads": views // 2, "clicks": views // 5} | more
    day = at.date() - timedelta(days=days_ago)
    Daily.objects.create(subject=subject, day=day, views=views, **given)


def page(browser: Browser, owner: Account, path: str) -> str:
    browser.force_login(owner)
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_desk_shows_reach(browser: Browser, publish: Publish, owner: Account, at: datetime) -> None:
    work, creator = publish(), Creator.objects.get()
    seen(work.subject, at, 1_200)
    seen(work.subject, at, 30, days_ago=29, language="ar", source="mastodon")
    seen(creator.subject, at, 7, source="direct")
    FeedDaily.objects.create(feed=creator.subject, day=at.date(), readers=42)
    Carried.objects.create(subject=work.subject, network="mastodon", language="es", posts=2, last_at=at)
    html = page(browser, owner, "/en/desk/reach/")
    for words in (
        '<p class="stat-value">1,237</p><p class="stat-label">Views</p>',
        '<p class="stat-value">42</p><p class="stat-label">Feed readers</p>',
        "Search engines",
        "Mastodon and its kin · Español",
        f'href="/en/desk/works/{work.pk}/reach/?days=30"',
        "The page about you",
        'lang="ar" dir="auto">العربية',
        "Since the beginning: 1,237 views, 618 reads, 247 clicks.",
        'href="/en/desk/reach.csv?creator=lucia-nandu&amp;days=30"',
        "1,237 in all; the most, 1,207: Mar 14, 2026.",
    ):
        assert words in html
    assert html.count('<rect class="chart-bar"') == 2
    assert html.count('<tr><th scope="row">') >= 30


def test_periods_are_addresses(browser: Browser, publish: Publish, owner: Account, at: datetime) -> None:
    work = publish().subject
    seen(work, at, 10, days_ago=20)
    seen(work, at, 50, days_ago=300)
    assert "Nobody was counted in this time" in page(browser, owner, "/en/desk/reach/?days=7")
    assert '<p class="stat-value">10</p>' in page(browser, owner, "/en/desk/reach/?days=30")
    year = page(browser, owner, "/en/desk/reach/?days=365")
    assert '<p class="stat-value">60</p>' in year
    assert "Week from" in year
    assert '<p class="stat-value">10</p>' in page(browser, owner, "/en/desk/reach/?days=9999999")


def test_nothing_counted_is_said_kindly(browser: Browser, publish: Publish, owner: Account) -> None:
    publish()
    html = page(browser, owner, "/en/desk/reach/")
    assert "Nobody was counted in this time" in html
    assert "reach.csv" not in html


def test_who_has_no_creator_is_shown_the_way(browser: Browser, person: Account) -> None:
    html = page(browser, person, "/en/desk/reach/")
    assert "Nothing is yours here yet" in html
    browser.force_login(person)
    assert browser.get("/en/desk/reach.csv").status_code == 404


def test_one_work_has_its_own_page(browser: Browser, publish: Publish, owner: Account, at: datetime) -> None:
    one, two = publish(1), publish(2)
    seen(one.subject, at, 10)
    seen(two.subject, at, 999)
    html = page(browser, owner, f"/en/desk/works/{one.pk}/reach/?days=7")
    assert '<h1 class="work-title" lang="es" dir="auto">Asincronía 1</h1>' in html
    assert '<p class="stat-value">10</p>' in html
    assert "Feed readers" not in html
    assert f'href="/en/desk/works/{one.pk}/reach.csv?days=7"' in html


@pytest.mark.parametrize("path", ["works/{pk}/reach/", "works/{pk}/reach.csv", "works/999999/reach/"])
def test_what_belongs_to_others_is_not_here(
    browser: Browser, publish: Publish, person: Account, path: str
) -> None:
    work = publish()
    address = f"/en/desk/{path.format(pk=work.pk)}"
    assert browser.get(address).headers["Location"].startswith("/en/account/login/")
    browser.force_login(person)
    assert browser.get(address).status_code == 404


def test_another_creators_name_shows_ones_own(
    browser: Browser, publish: Publish, owner: Account, at: datetime
) -> None:
    other = Creator.objects.create(name="Eva", slug="eva", name_key="eva", sort_key="eva", created_at=at)
    seen(publish(2, by=other).subject, at, 777)
    html = page(browser, owner, "/en/desk/reach/?creator=eva")
    assert "777" not in html
    assert "Lucía Ñandú" in html


def test_withdrawn_works_keep_their_figures_and_erased_ones_have_no_page(
    browser: Browser, publish: Publish, owner: Account, at: datetime
) -> None:
    work = publish()
    seen(work.subject, at, 10)
    Publication.objects.update(state="withdrawn", published_revision=None, basis="")
    assert '<p class="stat-value">10</p>' in page(browser, owner, f"/en/desk/works/{work.pk}/reach/")
    Revision.objects.all().delete()
    assert browser.get(f"/en/desk/works/{work.pk}/reach/").status_code == 404


@pytest.mark.parametrize("works", [1, 3])
def test_the_desk_asks_the_same_however_many_works(
    browser: Browser,
    publish: Publish,
    owner: Account,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    works: int,
) -> None:
    for number in range(1, works + 1):
        seen(publish(number).subject, at, number)
    browser.force_login(owner)
    with django_assert_num_queries(14):
        html = browser.get("/en/desk/reach/").content.decode()
    assert html.count("/reach/?days=30") == works


def test_the_file_is_safe_and_opens_everywhere(
    browser: Browser, publish: Publish, owner: Account, at: datetime
) -> None:
    work = publish(1, title='=HYPERLINK("http://evil.example")', slug="asincronia-1")
    seen(work.subject, at, 10, language="pt-br")
    seen("showcase.publication:999999", at, 10)
    browser.force_login(owner)
    response = browser.get("/es/desk/reach.csv?days=7")
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # it is written while it is sent
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="altavoz-creator-{Creator.objects.get().pk}-2026-03-08-2026-03-14.csv"'
    )
    assert body.startswith("\ufeff")
    head, *lines = csv.reader(StringIO(body.removeprefix("\ufeff"), newline=""))
    assert len(head) == 8
    assert lines == [
        [
            "2026-03-14",
            '\'=HYPERLINK("http://evil.example")',
            "https://www.youtube.com/watch?v=abcdefghij1",
            "pt-BR",
            "search",
            "10",
            "5",
            "2",
        ]
    ]
    one = browser.get(f"/es/desk/works/{work.pk}/reach.csv?days=30")
    assert len(b"".join(one.streaming_content).splitlines()) == 2  # type: ignore[attr-defined]  # as above


def test_the_demonstration_says_that_its_figures_are_invented(
    browser: Browser, publish: Publish, owner: Account, settings: LazySettings
) -> None:
    publish()
    assert "invented" not in page(browser, owner, "/en/desk/reach/")
    settings.DEMO = True
    assert "these figures are invented" in page(browser, owner, "/en/desk/reach/")


def test_the_public_sees_sums(browser: Browser, publish: Publish, at: datetime) -> None:
    publish()
    for month, language, views in ((date(2026, 3, 1), "es", 1_234), (date(2026, 2, 1), "sw", 3)):
        Public.objects.create(month=month, language=language, views=views, reads=20, clicks=9, feed_readers=7)
    html = browser.get("/en/transparency/").content.decode()
    assert "How far works reach" in html
    row = '<span lang="es">español</span></th><td class="figure">1,234</td>'
    assert row.lower() in html.lower()
    assert "March 2026" in html
    told = browser.get("/transparency.json").json()
    assert told["works"] == {"es": 1}
    assert told["decisions_of_30_days"] == []
    assert told["reach"] == [
        {"month": "2026-03", "language": "es", "views": 1234, "reads": 20, "clicks": 9, "feed_readers": 7},
        {"month": "2026-02", "language": "sw", "views": None, "reads": 20, "clicks": 9, "feed_readers": 7},
    ]
    assert at.year == 2026


def test_the_privacy_page_tells_how_long_days_are_kept(browser: Browser, settings: LazySettings) -> None:
    for set_to, said in ((24, 24), (1, 13)):
        settings.ALTAVOZ_REACH_MONTHS = set_to
        html = browser.get(
            f"/en/privacy/?again={set_to}", headers={"cookie": "sessionid=none"}
        ).content.decode()
        assert f"After {said} months, sums of days become sums of months." in html


def test_without_reach_the_public_is_told_so(browser: Browser, publish: Publish) -> None:
    publish()
    assert "Nothing was counted yet." in browser.get("/en/transparency/").content.decode()


def test_a_long_file_is_written_little_by_little(publish: Publish, at: datetime) -> None:
    work = publish().subject
    for number in range(3):
        seen(work, at, 10, days_ago=number)
    day = at.date()
    found = reaching.table(rows([work, "showcase.publication:999999"], day - timedelta(days=9), day))
    assert [line[1] for line in found][1:] == ["Asincronía 1"] * 3
