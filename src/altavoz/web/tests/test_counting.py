"""Pages report that they were seen: from our pages only, always with the same answer, never with a cookie."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from altavoz.insights import actions
from altavoz.insights.actions import counting, keys
from altavoz.insights.models import Daily, FeedDaily
from altavoz.insights.visitors import Visitor
from altavoz.showcase.models import Creator
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish
from altavoz.web.visitors import visitor

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OURS = {"user-agent": FIREFOX, "accept-language": "es", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    counting.buffer.take()
    counting.quota.clear()
    keys.ring.drop()
    yield
    counting.buffer.take()
    keys.ring.drop()


def report(browser: Browser, told: dict[str, str] | bytes, **headers: str) -> HttpResponse:
    body = told if isinstance(told, bytes) else urlencode(told)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.post(  # type: ignore[return-value]  # the client's own type
        "/count/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers={name: value for name, value in (OURS | named).items() if value},
    )


def counted() -> list[tuple[object, ...]]:
    actions.flush(at=timezone.now())
    rows = Daily.objects.order_by("subject", "language", "source")
    return list(rows.values_list("subject", "language", "source", "views", "reads", "clicks"))


def test_a_page_reports(browser: Browser, publish: Publish) -> None:
    work = publish().subject
    for what in ("view", "read", "click"):
        told = {"what": what, "subject": work, "language": "ar", "host": "www.google.com"}
        response = report(browser, told)
        assert (response.status_code, response.content, response.headers["Cache-Control"]) == (
            204,
            b"",
            "no-store",
        )
        assert not response.cookies
    assert counted() == [(work, "ar", "search", 1, 1, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "", "origin": "https://altavoz.example"},
        {"sec_fetch_site": "", "referer": "https://altavoz.example/es/works/1-x/"},
    ],
)
def test_browsers_without_the_newer_header_count(
    browser: Browser, publish: Publish, headers: dict[str, str]
) -> None:
    work = publish().subject
    report(browser, {"what": "view", "subject": work, "language": "es", "host": "altavoz.example"}, **headers)
    assert counted() == [(work, "es", "own", 1, 0, 0)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "none"}, 204),  # typed by hand: no page
        ({"sec_fetch_site": ""}, 204),  # a program
        ({"sec_fetch_site": "", "origin": "https://evil.example"}, 403),
        ({"sec_fetch_site": "", "origin": "null"}, 403),
        ({"sec_gpc": "1"}, 204),
        ({"dnt": "1"}, 204),
        ({"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, 204),
        ({"accept_language": ""}, 204),
        ({"purpose": "prefetch"}, 204),
    ],
)
def test_who_is_not_counted(browser: Browser, publish: Publish, headers: dict[str, str], status: int) -> None:
    work = publish().subject
    told = {"what": "view", "subject": work, "language": "es", "host": ""}
    assert report(browser, told, **headers).status_code == status
    assert counted() == []


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff\xfe\x00%%%&&&===",
        b"what=view&subject=showcase.publication:1&language=es&pad=" + b"x" * 2_000,
        urlencode({"what": "view", "subject": "showcase.publication:0", "language": "es"}).encode(),
        urlencode({"what": "view", "subject": "people.account:1", "language": "es"}).encode(),
        urlencode({"what": "views", "subject": "showcase.publication:1", "language": "es"}).encode(),
        urlencode({"what": "view", "subject": "showcase.publication:1", "language": "xx"}).encode(),
        urlencode({"what": "view", "subject": "showcase.publication:1\0", "language": "es"}).encode(),
        b"{}",
        b"&".join(b"a%d=1" % number for number in range(150)),
    ],
)
@pytest.mark.django_db
def test_nonsense_gets_the_same_answer(browser: Browser, told: bytes) -> None:
    response = report(browser, told)
    assert (response.status_code, response.content) == (204, b"")
    assert counted() == []


@pytest.mark.django_db
def test_a_report_without_a_length_is_not_read(browser: Browser) -> None:
    response = browser.generic("POST", "/count/", b"what=view", headers=OURS, CONTENT_LENGTH="")
    assert response.status_code == 204


@pytest.mark.django_db
def test_only_reports_are_taken(browser: Browser) -> None:
    assert browser.get("/count/").status_code == 405
    assert browser.post("/count.gif", headers=OURS).status_code == 405


def test_who_hides_where_they_are_is_a_visitor_too() -> None:
    told = visitor(RequestFactory().get("/", REMOTE_ADDR="", headers={"user-agent": FIREFOX, "sec-gpc": "1"}))
    assert told == Visitor(address="", agent=FIREFOX, accept_language="", asks_for_privacy=True)


def test_without_script_a_dot_counts_the_view(browser: Browser, publish: Publish) -> None:
    work = publish()
    html = browser.get(f"/ar/works/{work.pk}-asincronia-1/").content.decode()
    address = f"/count.gif?subject=showcase.publication%3A{work.pk}&amp;language=ar"
    assert f'<noscript><img class="counted" src="{address}" width="1" height="1" alt=""></noscript>' in html
    response = browser.get(address.replace("&amp;", "&"), headers=OURS)
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == ("image/gif", "no-store")
    assert response.content.startswith(b"GIF89a")
    assert not response.cookies
    browser.head(address.replace("&amp;", "&"), headers=OURS | {"user-agent": f"{FIREFOX} 2"})
    browser.get(address.replace("&amp;", "&"), headers=OURS | {"sec-fetch-site": "cross-site"})
    assert counted() == [(work.subject, "ar", "direct", 1, 0, 0)]


def test_pages_say_what_they_are(browser: Browser, publish: Publish, creator: Creator) -> None:
    work = publish()
    html = browser.get(f"/es/works/{work.pk}-asincronia-1/").content.decode()
    assert f'data-subject="{work.subject}" data-language="es"' in html
    assert 'data-original="https://www.youtube.com/watch?v=abcdefghij1"' in html
    html = browser.get(f"/es/creators/{creator.slug}/").content.decode()
    assert f'data-subject="{creator.subject}" data-language="es" defer' in html


def test_feeds_count_their_readers_though_pages_are_kept(
    browser: Browser, publish: Publish, creator: Creator, settings: LazySettings
) -> None:
    publish()
    settings.ALTAVOZ_PAGE_CACHE_BYTES = 1_000_000
    reader, feedly = {"user-agent": "NetNewsWire"}, {"user-agent": "Feedly/1.0 (12 subscribers)"}
    first = browser.get("/feeds/atom/?language=es", headers=reader)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = browser.get("/feeds/atom/?language=es", headers=feedly | {"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "public, no-cache")
    browser.get("/feeds/rss/", headers=reader)
    browser.get(f"/feeds/json/?creator={creator.subject}", headers=reader)
    browser.get("/feeds/json/?q=x", headers=reader)
    browser.get("/feeds/json/?language=es&language=pt", headers=reader)
    browser.get("/feeds/atom/?cursor=x", headers=reader)
    browser.get("/feeds/opml/", headers=reader)
    browser.head("/feeds/atom/", headers={"user-agent": "Somebody"})
    actions.flush(at=timezone.now())
    rows = FeedDaily.objects.order_by("feed", "service").values_list("feed", "service", "readers")
    assert list(rows) == [
        ("all", "", 1),
        ("language:es", "", 1),
        ("language:es", "feedly/atom", 12),
        ("other", "", 1),
        (creator.subject, "", 1),
    ]


def test_proxies_may_keep_no_feed_without_asking(browser: Browser, publish: Publish) -> None:
    publish()
    assert "s-maxage" in browser.get("/es/").headers["Cache-Control"]
    assert browser.get("/feeds/opml/").headers["Cache-Control"] != "public, no-cache"
    assert browser.get("/feeds/strange/").status_code == 404
