"""What one visit means, and when to come again."""

import dataclasses
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from altavoz.core.fetch import Failure, Reason, Redirect, Response
from altavoz.ingest.deciding import After, Before, Outcome, judge, next_interval, schedule, spread
from altavoz.ingest.states import Health, SourceKind

AT = datetime(2026, 3, 14, 15, tzinfo=UTC)
URL = "https://b.example/feed.xml"
RSS = (Path(__file__).parent / "files" / "rss_plain.xml").read_bytes()
DIGEST = hashlib.sha256(RSS).hexdigest()
FEED = Before(id=1, kind=SourceKind.FEED, url=URL)
DAY = 24 * 3600


def answer(
    status: int = 200, body: bytes = RSS, redirects: tuple[Redirect, ...] = (), **headers: str
) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(URL, status, named, body, redirects, 0.1)


def wait(after: After) -> int:
    return int((after.next_poll_at - AT).total_seconds())


def test_news_are_read_and_remembered() -> None:
    after = judge(FEED, answer(etag='"a"', last_modified="Sat, 01 Mar 2025 00:00:00 GMT"), at=AT)
    assert after.feed is not None
    assert dataclasses.replace(after, feed=None) == After(
        id=1,
        outcome=Outcome.NEWS,
        health=Health.WELL,
        next_poll_at=AT + timedelta(seconds=spread(DAY, 1)),
        interval_s=DAY,
        status=200,
        body_digest=DIGEST,
        etag='"a"',
        last_modified="Sat, 01 Mar 2025 00:00:00 GMT",
        ttl_s=1800,
        hub_url="https://hub.example/",
        topic_url="https://pandas.example/feed/",
    )


def test_the_same_body_or_a_304_is_no_news() -> None:
    before = dataclasses.replace(FEED, body_digest=DIGEST, etag='"a"', failures=2, interval_s=3600)
    for same in (answer(), answer(304, b"")):
        after = judge(before, same, at=AT)
        assert (after.outcome, after.feed, after.failures, after.interval_s, after.etag) == (
            Outcome.SAME,
            None,
            0,
            4500,
            '"a"',
        )


def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    assert judge(FEED, answer(304, b""), at=AT).outcome is Outcome.FAILED


def test_failures_back_off_to_a_day_and_change_the_health() -> None:
    before, told = FEED, []
    for _ in range(9):
        after = judge(before, answer(500), at=AT)
        told.append((after.health, wait(after)))
        before = dataclasses.replace(before, failures=after.failures)
    troubled, failing = Health.TROUBLED, Health.FAILING
    assert [health for health, _ in told] == [troubled] * 3 + [failing] * 6
    minutes = (30, 60, 120, 240, 480, 960, 1440, 1440, 1440)
    assert [seconds for _, seconds in told] == [spread(60 * each, 1) for each in minutes]


def test_a_site_is_left_alone_as_long_as_it_asks() -> None:
    assert wait(judge(FEED, answer(503, retry_after="7200"), at=AT)) == spread(7200, 1)
    assert wait(judge(FEED, answer(429, retry_after="Sat, 14 Mar 2026 18:00:00 GMT"), at=AT)) == spread(
        3 * 3600, 1
    )
    same = dataclasses.replace(FEED, body_digest=DIGEST)
    assert wait(judge(same, answer(cache_control="public, max-age=7200"), at=AT)) == spread(7200, 1)
    assert wait(judge(dataclasses.replace(same, ttl_s=10800), answer(), at=AT)) == spread(10800, 1)


def test_headers_that_say_nothing() -> None:
    headers: tuple[dict[str, str], ...] = (
        {},
        {"retry-after": "soon"},
        {"retry-after": "Sat, 14 Mar 2020 18:00:00"},
        {"cache-control": "no-cache"},
    )
    assert [schedule.asked_for(each, ttl_s=None, at=AT) for each in headers] == [0, 0, 0, 0]
    assert schedule.retry_after({"retry-after": "999999999"}, at=AT) == DAY


def test_a_permanent_redirect_is_believed_the_third_time() -> None:
    moved = (Redirect(301, "https://n.example/a"), Redirect(308, "/b"))
    before = FEED
    for seen in (1, 2):
        after = judge(before, answer(redirects=moved), at=AT)
        assert (after.redirect_url, after.redirect_seen, after.moved_to) == ("https://n.example/b", seen, "")
        before = dataclasses.replace(
            before, redirect_url=after.redirect_url, redirect_seen=after.redirect_seen
        )
    after = judge(before, answer(redirects=moved), at=AT)
    assert (after.redirect_url, after.redirect_seen, after.moved_to) == ("", 0, "https://n.example/b")


def test_other_redirects_are_followed_and_forgotten() -> None:
    before = dataclasses.replace(FEED, redirect_url="https://n.example/a", redirect_seen=2)
    for redirects in ((), (Redirect(302, "https://n.example/a"),)):
        assert judge(before, answer(redirects=redirects), at=AT).redirect_seen == 0
    elsewhere = judge(before, answer(redirects=(Redirect(301, "https://m.example/"),)), at=AT)
    assert (elsewhere.redirect_url, elsewhere.redirect_seen) == ("https://m.example/", 1)


def test_410_is_gone_but_404_is_not() -> None:
    gone = judge(FEED, answer(410), at=AT)
    assert (gone.outcome, gone.health) == (Outcome.GONE, Health.GONE)
    assert judge(dataclasses.replace(FEED, failures=50), answer(404), at=AT).outcome is Outcome.FAILED


def test_storms_of_youtube_never_kill_a_channel() -> None:
    url = "https://www.youtube.com/feeds/videos.xml?channel_id=UC" + "a" * 22
    channel = Before(id=1, kind=SourceKind.YOUTUBE_CHANNEL, url=url, failures=99)
    for status in (404, 410, 500):
        after = judge(channel, answer(status), at=AT)
        assert (after.outcome, after.health, wait(after)) == (Outcome.FAILED, Health.FAILING, spread(DAY, 1))


def test_a_single_page_is_gone_when_it_is_missing_three_times() -> None:
    page = Before(id=1, kind=SourceKind.PAGE, url="https://b.example/a")
    outcomes = [
        judge(dataclasses.replace(page, failures=seen), answer(404), at=AT).outcome for seen in range(3)
    ]
    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.GONE]
    assert judge(page, answer(410), at=AT).outcome is Outcome.GONE
    video = Before(id=1, kind=SourceKind.PEERTUBE, url="https://t.example/api/v1/videos/x", failures=2)
    assert judge(video, answer(404), at=AT).outcome is Outcome.GONE


def test_a_page_is_a_list_of_one_work() -> None:
    page = Before(id=1, kind=SourceKind.PAGE, url="https://b.example/a")
    body = (Path(__file__).parent / "files" / "article.html").read_bytes()
    after = judge(page, answer(body=body), at=AT)
    assert after.feed is not None
    assert [item.title for item in after.feed.items] == ["Tipos & pruebas"]
    assert judge(page, answer(body=b"<p>"), at=AT).reason == "not_a_feed:unreadable"


def test_a_page_may_be_told_by_its_provider() -> None:
    url = "https://v.example/oembed?url=https://v.example/x"
    told = b'{"type": "video", "title": "Charla", "author_name": 3, "thumbnail_url": "/t.png"}'
    page = Before(id=1, kind=SourceKind.PAGE, url=url)
    after = judge(page, Response(url, 200, {"content-type": "application/json"}, told, (), 0.1), at=AT)
    assert after.feed is not None
    assert [(item.url, item.title, item.thumbnail_url) for item in after.feed.items] == [
        ("https://v.example/x", "Charla", "https://v.example/t.png")
    ]


def test_no_answer_and_no_feed_are_failures_with_their_reason() -> None:
    after = judge(FEED, Failure(URL, Reason.DNS, "x"), at=AT)
    assert (after.outcome, after.reason, after.status) == (Outcome.FAILED, "dns", None)
    after = judge(FEED, answer(body=b"<html>"), at=AT)
    assert (after.outcome, after.reason, after.status) == (Outcome.FAILED, "not_a_feed:html", 200)


def test_a_source_that_is_pushed_is_only_looked_after() -> None:
    before = dataclasses.replace(FEED, body_digest=DIGEST, pushed=True)
    assert judge(before, answer(), at=AT).interval_s == 12 * 3600


def test_the_interval_follows_the_source() -> None:
    def every(**gap: int) -> int:
        return next_interval([AT - timedelta(**gap) * number for number in range(20)], at=AT)

    assert [every(minutes=5), every(hours=8), every(days=1), every(days=30)] == [900, 3600, 3 * 3600, DAY]
    assert next_interval([], at=AT) == 6 * 3600
    assert next_interval([AT + timedelta(days=1)], at=AT) == 6 * 3600
    assert next_interval([AT - timedelta(days=300)], at=AT) == DAY
    assert next_interval([AT], at=AT) == 3 * 3600


def test_polls_are_spread_the_same_way_every_time() -> None:
    places = [spread(1000, number) for number in range(50)]
    assert places == [spread(1000, number) for number in range(50)]
    assert min(places) >= 900
    assert max(places) <= 1100
    assert len(set(places)) > 30
