"""What a source published before its feed begins: by YouTube's Data API (imitated), or by the links of its feed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.core.fetch import Failure, Reason, Response
from altavoz.ingest import actions, backwards, queries, tasks, visiting
from altavoz.ingest.backwards import Portion, Trouble
from altavoz.ingest.models import Archive, Entry, Source
from altavoz.ingest.tests.youtube import DataApi, video

CHANNEL = "UC" + "a" * 22
UPLOADS = "UU" + "a" * 22
FEED = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


@pytest.fixture
def api(site: HTTPServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> DataApi:
    settings.ALTAVOZ_YOUTUBE_KEY = "right-key"
    monkeypatch.setattr(backwards, "YOUTUBE_API", site.url_for("/youtube/v3/playlistItems"))
    made = DataApi(UPLOADS, [video(number) for number in range(120)])
    site.expect_request("/youtube/v3/playlistItems").respond_with_handler(made)
    return made


@pytest.fixture
def channel(db: None, at: datetime) -> Source:  # noqa: ARG001 - the fixture brings the database
    return Source.objects.create(
        kind="youtube_channel", address="x", feed_url=FEED, added_at=at, language="es"
    )


def words(source: Source) -> str:
    return str(queries.back_catalogue_in_words(source))


def test_all_videos_of_a_channel_are_read_fifty_at_a_time(
    api: DataApi, channel: Source, at: datetime, work: Callable[[], int]
) -> None:
    known = Entry.objects.create(
        source=channel,
        key="yt:video:V0000000003",
        title="Como la cuenta el canal",
        kind="video",
        first_seen_at=at,
        changed_at=at,
    )
    api.videos[7] = video(7, privacy="private")
    assert queries.has_back_catalogue(channel)
    assert words(channel) == "None"
    assert actions.import_back_catalogue(source=channel, at=at)
    assert work() == 3
    archive = Archive.objects.get()
    assert (archive.state, archive.pages, archive.works, archive.due_at) == ("done", 3, 118, None)
    assert [each.get("pageToken") for each in api.asked] == [None, "PAGE-50", "PAGE-100"]
    assert [each["playlistId"] for each in api.asked] == [UPLOADS] * 3
    entry = Entry.objects.get(key="yt:video:V0000000005")
    assert (entry.title, entry.url, entry.authors, entry.kind, entry.published_at, entry.spoken_language) == (
        "Charla número 5 sobre Python",
        "https://www.youtube.com/watch?v=V0000000005",
        ["Pandas del Sur"],
        "video",
        datetime(2020, 1, 6, 10, tzinfo=UTC),
        "es",
    )
    known.refresh_from_db()
    assert known.title == "Como la cuenta el canal"
    assert words(channel) == "We read what was published before: 118 works were new."


def test_asking_again_begins_anew_and_finds_nothing_new(
    api: DataApi, channel: Source, at: datetime, work: Callable[[], int]
) -> None:
    for _ in range(2):
        assert actions.import_back_catalogue(source=channel, at=at)
    assert work() == 3
    actions.import_back_catalogue(source=channel, at=at)
    assert work() == 3
    archive = Archive.objects.get()
    assert (archive.state, archive.works, Entry.objects.count(), len(api.asked)) == ("done", 0, 120, 6)


def test_a_quota_that_is_used_up_waits_for_tomorrow(
    api: DataApi, channel: Source, at: datetime, work: Callable[[], int]
) -> None:
    api.quota = 1
    actions.import_back_catalogue(source=channel, at=at)
    assert visiting.read_archive(Archive.objects.get().pk, at=at) is not None
    assert visiting.read_archive(Archive.objects.get().pk, at=at) is not None
    archive = Archive.objects.get()
    tomorrow = datetime(2026, 3, 15, 7, 5, tzinfo=UTC)  # five past midnight in California
    assert (archive.state, archive.reason, archive.next_page, archive.due_at) == (
        "waiting",
        "quota",
        "PAGE-50",
        tomorrow,
    )
    assert words(channel) == (
        "YouTube answers only so many questions a day. We go on tomorrow; 50 works were new so far."
    )
    api.quota = 10
    assert actions.due_archives(at=tomorrow - timedelta(seconds=1)) == []
    tasks.look_after_archives(int(tomorrow.timestamp()))
    work()
    assert Archive.objects.get().state == "done"
    assert Entry.objects.count() == 120


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        (
            {"key": "another"},
            "key",
            "YouTube does not accept our key. Whoever runs this site has to look at it.",
        ),
        ({"playlist": "UUother"}, "missing", "There is no list of what was published before."),
    ],
)
def test_what_no_patience_mends_ends(
    change: dict[str, str],
    reason: str,
    said: str,
    api: DataApi,
    channel: Source,
    at: datetime,
    work: Callable[[], int],
) -> None:
    vars(api).update(change)
    actions.import_back_catalogue(source=channel, at=at)
    work()
    archive = Archive.objects.get()
    assert (archive.state, archive.reason, words(channel)) == ("failed", reason, said)
    assert visiting.read_archive(archive.pk, at=at) is None


def test_what_does_not_answer_is_asked_later_and_given_up_in_the_end(
    channel: Source, settings: Settings, at: datetime
) -> None:
    settings.ALTAVOZ_YOUTUBE_KEY = "k"
    actions.import_back_catalogue(source=channel, at=at)
    away: dict[str, Any] = {
        "archive_id": Archive.objects.get().pk,
        "page": "",
        "portion": Portion(trouble=Trouble.AWAY),
        "at": at,
    }
    actions.record_portion(**away)
    archive = Archive.objects.get()
    assert (archive.state, archive.due_at, words(channel)) == (
        "waiting",
        at + timedelta(minutes=30),
        "The site did not answer as it should. We try again later; 0 works were new so far.",
    )
    for _ in range(7):
        actions.record_portion(**away)
    assert (Archive.objects.get().state, words(channel)) == (
        "failed",
        "The site did not answer for days, so we gave up.",
    )
    assert actions.record_portion(**away) is None


def test_a_page_that_came_late_is_not_taken_twice(channel: Source, settings: Settings, at: datetime) -> None:
    settings.ALTAVOZ_YOUTUBE_KEY = "k"
    actions.import_back_catalogue(source=channel, at=at)
    first: dict[str, Any] = {
        "archive_id": Archive.objects.get().pk,
        "page": "",
        "portion": Portion(older="2"),
        "at": at,
    }
    assert actions.record_portion(**first) is not None
    assert actions.record_portion(**first) is None
    assert words(channel) == "We are reading what was published before: 0 works were new so far."


def test_a_source_that_was_removed_is_not_read_on(channel: Source, settings: Settings, at: datetime) -> None:
    settings.ALTAVOZ_YOUTUBE_KEY = "k"
    actions.import_back_catalogue(source=channel, at=at)
    actions.remove_source(source=channel, by=None, at=at)
    actions.record_portion(archive_id=Archive.objects.get().pk, page="", portion=Portion(), at=at)
    assert Archive.objects.get().state == "failed"


def test_a_list_without_end_ends(
    channel: Source, settings: Settings, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALTAVOZ_YOUTUBE_KEY = "k"
    monkeypatch.setattr(actions.archives, "MOST_PAGES", 2)
    actions.import_back_catalogue(source=channel, at=at)
    for page in ("", "same"):
        actions.record_portion(
            archive_id=Archive.objects.get().pk, page=page, portion=Portion(older="same"), at=at
        )
    assert Archive.objects.get().state == "done"


def test_without_a_key_or_for_a_page_there_is_no_way(channel: Source, at: datetime) -> None:
    assert not actions.import_back_catalogue(source=channel, at=at)
    page = Source(kind="page", feed_url="https://b.example/1")
    assert not queries.has_back_catalogue(page)


def atom(name: str, older: str) -> bytes:
    link = f'<link rel="prev-archive" href="{older}"/>' if older else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>B</title>{link}<entry><id>urn:{name}</id>'
        f'<title>Texto {name}</title><link href="https://b.example/{name}/"/></entry></feed>'
    ).encode()


def test_a_feed_is_followed_to_the_pages_before(
    site: HTTPServer, at: datetime, work: Callable[[], int]
) -> None:
    site.expect_request("/feed").respond_with_data(atom("3", "/2"), content_type="application/atom+xml")
    site.expect_request("/2").respond_with_data(
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>B</title><link>/</link>'
        f'<atom:link rel="next" href="{site.url_for("/1")}"/><item><guid>2</guid>'
        "<title>Texto 2</title></item></channel></rss>",
        content_type="application/rss+xml",
    )
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "B", "next_url": site.url_for("/0")}
    site.expect_request("/1").respond_with_data(
        json.dumps(told | {"items": [{"id": "1", "url": "/t1", "title": "Texto 1"}]}),
        content_type="application/feed+json",
    )
    site.expect_request("/0").respond_with_data(
        atom("0", site.url_for("/0")), content_type="application/atom+xml"
    )
    source = Source.objects.create(kind="feed", address="x", feed_url=site.url_for("/feed"), added_at=at)
    assert queries.has_back_catalogue(source)
    actions.import_back_catalogue(source=source, at=at)
    work()
    assert list(Entry.objects.order_by("title").values_list("title", flat=True)) == [
        f"Texto {n}" for n in range(4)
    ]
    assert (Archive.objects.get().state, Archive.objects.get().pages) == ("done", 4)


@pytest.mark.parametrize(
    ("kind", "status", "body", "trouble"),
    [
        ("feed", 404, b"", Trouble.MISSING),
        ("feed", 500, b"", Trouble.AWAY),
        ("feed", 200, b"<html><body>x</body></html>", Trouble.UNREADABLE),
        ("youtube_channel", 500, b"", Trouble.AWAY),
        ("youtube_channel", 429, b"", Trouble.AWAY),
        ("youtube_channel", 403, b'{"error": {"errors": [{"reason": "rateLimitExceeded"}]}}', Trouble.AWAY),
        ("youtube_channel", 403, b'{"error": {"errors": [{"reason": "quotaExceeded"}, 3]}}', Trouble.QUOTA),
        ("youtube_channel", 403, b'{"error": {"errors": [{"reason": "accessNotConfigured"}]}}', Trouble.KEY),
        (
            "youtube_channel",
            403,
            b'{"error": {"errors": [{"reason": "playlistItemsNotAccessible"}]}}',
            Trouble.MISSING,
        ),
        ("youtube_channel", 400, b'{"error": "no"}', Trouble.KEY),
        ("youtube_channel", 200, b"[]", Trouble.UNREADABLE),
        ("youtube_channel", 200, b"{", Trouble.UNREADABLE),
        ("youtube_channel", 200, b'{"items": [3, {"snippet": 1}]}', None),
    ],
)
def test_whatever_is_answered_means_something(
    kind: str, status: int, body: bytes, trouble: Trouble | None
) -> None:
    answer = Response("https://a.example/", status, {}, body, (), 0.1)
    assert backwards.read(kind, answer) == Portion(trouble=trouble)


def test_no_answer_means_later() -> None:
    assert backwards.read("feed", Failure("x", Reason.DNS, "")) == Portion(trouble=Trouble.AWAY)


def test_the_key_is_in_no_address_and_playlists_have_their_own_name() -> None:
    feed = "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1234567890"
    request = backwards.request_for("youtube_playlist", feed, "T", key="secret")
    assert ("secret" in request.url, "playlistId=PL1234567890&pageToken=T" in request.url) == (False, True)
    assert request.headers["X-Goog-Api-Key"] == "secret"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"state": "odd"}, {"due_at": None}, {"state": "done"}])
def test_the_database_keeps_an_archive_due_or_ended(
    wrong: dict[str, Any], channel: Source, at: datetime
) -> None:
    right: dict[str, Any] = {"source": channel, "asked_at": at, "due_at": at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Archive.objects.create(**(right | wrong))
    Archive.objects.create(**right)
