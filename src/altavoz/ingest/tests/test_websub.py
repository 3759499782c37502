"""The subscriber of WebSub, against a hub on this machine that keeps to the specification."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.test import Client
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from altavoz.ingest import actions, tasks, visiting, websub
from altavoz.ingest.models import Entry, Push, Source, Subscription
from altavoz.ingest.parsing import Feed, Format
from altavoz.ingest.states import SourceKind

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"
FEED = (FILES / "rss_plain.xml").read_bytes()
TOKEN, SECRET = "tok", "sec"
TOPIC = "https://pandas.example/feed/"


class Hub:
    """A small hub: takes subscriptions, and remembers what it was asked."""

    def __init__(self, site: HTTPServer) -> None:
        self.asked: list[dict[str, str]] = []
        self.status = 202
        self.url = site.url_for("/hub")
        site.expect_request("/hub", method="POST").respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        body = parse_qs(request.get_data().decode())
        self.asked.append({name: values[0] for name, values in body.items()})
        return Response(status=self.status)


@pytest.fixture
def hub(site: HTTPServer) -> Hub:
    return Hub(site)


@pytest.fixture
def subscription(source: Source, hub: Hub, at: datetime) -> Subscription:
    return Subscription.objects.create(
        source=source, hub_url=hub.url, topic_url=TOPIC, token="tok", secret="sec", asked_at=at, renew_at=at
    )


def verify(client: Client, token: str = TOKEN, **asked: str) -> tuple[int, bytes]:
    usual = {"mode": "subscribe", "topic": TOPIC, "challenge": "<b>reto</b>", "lease_seconds": "864000"}
    answer = client.get(
        f"/websub/{token}/", {f"hub.{name}": value for name, value in (usual | asked).items()}
    )
    return answer.status_code, answer.content


def push(
    client: Client, body: bytes, secret: str = SECRET, method: str = "sha256", token: str = TOKEN
) -> int:
    signature = f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"
    answer = client.post(
        f"/websub/{token}/", body, content_type="application/rss+xml", headers={"X-Hub-Signature": signature}
    )
    return answer.status_code


def test_a_feed_with_a_hub_is_subscribed_to(
    site: HTTPServer, hub: Hub, at: datetime, work: Callable[[], int], client: Client
) -> None:
    body = FEED.replace(b"https://hub.example/", hub.url.encode())
    site.expect_request("/feed").respond_with_data(body, content_type="application/xml")
    source = Source.objects.create(
        kind="feed", address="x", feed_url=site.url_for("/feed"), added_at=at, next_poll_at=at
    )
    visiting.poll_due(at=at)
    work()
    made = Subscription.objects.get(source=source)
    callback = f"http://localhost:8000/websub/{made.token}/"
    assert hub.asked == [
        {
            "hub.mode": "subscribe",
            "hub.topic": TOPIC,
            "hub.callback": callback,
            "hub.secret": made.secret,
            "hub.lease_seconds": "864000",
            "hub.verify": "async",
        }
    ]
    assert len(made.secret.encode()) < 200
    assert verify(client, made.token) == (200, b"<b>reto</b>")
    made.refresh_from_db()
    assert (made.state, made.failures) == ("verified", 0)
    assert work() == 1  # what was published before the hub listened for us is not left for tomorrow
    Source.objects.update(next_poll_at=at, body_digest="")
    visiting.poll_due(at=at)
    assert work() == 0
    source.refresh_from_db()
    assert source.next_poll_at is not None
    assert source.next_poll_at > at + timedelta(hours=10)


def test_a_hub_out_there_is_not_asked_to_call_a_machine_that_serves_only_itself(
    source: Source, at: datetime
) -> None:
    actions.subscriptions.wanted([(source, "https://hub.example/", TOPIC)], at=at)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:1", True),
        ("http://[::1]/", True),
        ("http://a.localhost", True),
        ("https://a.example", False),
    ],
)
def test_which_addresses_are_this_machine(url: str, local: bool) -> None:  # noqa: FBT001 - a table
    assert actions.subscriptions._is_local(url) is local


def test_what_we_did_not_ask_for_is_not_there(client: Client, subscription: Subscription) -> None:
    told = [
        verify(client, token="other"),
        verify(client, topic="https://other.example/"),
        verify(client, mode="unsubscribe"),
        verify(client, mode=""),
        verify(client, token="other", mode="denied"),
        verify(client, mode="denied", topic="https://other.example/"),
    ]
    assert [status for status, _ in told] == [404] * 6
    subscription.refresh_from_db()
    assert subscription.state == "asked"
    assert client.put("/websub/tok/").status_code == 405


def test_a_hub_may_refuse_and_polling_goes_on(client: Client, subscription: Subscription) -> None:
    Source.objects.update(next_poll_at=subscription.asked_at + timedelta(days=30))
    assert verify(client, mode="denied")[0] == 200
    subscription.refresh_from_db()
    assert (subscription.state, subscription.renew_at) == ("refused", None)
    assert Source.objects.get().next_poll_at != subscription.asked_at + timedelta(days=30)
    assert verify(client)[0] == 404


def test_the_two_topics_of_youtube_are_one() -> None:
    assert websub.same_topic(
        "https://www.youtube.com/xml/feeds/videos.xml?channel_id=UC",
        "http://www.youtube.com/feeds/videos.xml?channel_id=UC",
    )
    channel = "UC" + "a" * 22
    url = f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}"
    assert websub.hub_of(SourceKind.YOUTUBE_CHANNEL, url, {}, Feed(format=Format.ATOM)) == (
        "https://pubsubhubbub.appspot.com/subscribe",
        f"https://www.youtube.com/xml/feeds/videos.xml?channel_id={channel}",
    )


def test_news_are_kept_at_once_and_read_after(
    client: Client, subscription: Subscription, work: Callable[[], int]
) -> None:
    assert push(client, FEED) == 202
    assert (Push.objects.count(), Entry.objects.count()) == (1, 0)
    work()
    assert (Push.objects.count(), Entry.objects.count()) == (0, 2)
    subscription.refresh_from_db()
    assert subscription.pushed_at is not None
    assert not actions.read_push(push_id=0, at=subscription.asked_at)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_signature_of_the_specification_counts(
    client: Client, subscription: Subscription, method: str
) -> None:
    assert subscription.secret == "sec"
    assert push(client, FEED, method=method) == 202
    assert Push.objects.count() == 1


def test_a_wrong_signature_is_dropped_without_a_word(client: Client, subscription: Subscription) -> None:
    assert push(client, FEED, secret="wrong") == 202
    assert push(client, FEED, method="md5") == 202
    assert client.post("/websub/tok/", FEED, content_type="text/xml").status_code == 202
    assert push(client, FEED, token="other") == 404
    assert (
        client.post("/websub/tok/", b"x", content_type="text/xml", CONTENT_LENGTH=str(9**9)).status_code
        == 413
    )
    assert not Push.objects.exists()
    assert not websub.is_signed(b"", "sha256=ñ", subscription.secret)


@pytest.mark.parametrize(
    ("feed_url", "body"), [("https://b.example/feed", b"<html>"), ("https://www.youtube.com/feeds/x", FEED)]
)
def test_a_push_that_does_not_tell_all_makes_us_look(
    feed_url: str, body: bytes, subscription: Subscription, at: datetime
) -> None:
    later = at + timedelta(days=1)
    Source.objects.update(feed_url=feed_url, next_poll_at=later)
    made = Push.objects.create(subscription=subscription, body=body, content_type="text/xml", received_at=at)
    assert not actions.read_push(push_id=made.pk, at=at)
    assert Source.objects.get().next_poll_at == at
    assert not Entry.objects.exists()


def test_a_subscription_is_renewed_before_it_ends(
    client: Client, subscription: Subscription, hub: Hub, work: Callable[[], int]
) -> None:
    verify(client)
    subscription.refresh_from_db()
    assert subscription.renew_at is not None
    assert subscription.expires_at is not None
    assert timedelta(0) < subscription.expires_at - subscription.renew_at < timedelta(days=3)
    tasks.look_after_subscriptions(int(subscription.renew_at.timestamp()) + 1)
    work()
    assert [each["hub.mode"] for each in hub.asked] == ["subscribe"]
    subscription.refresh_from_db()
    assert subscription.state == "verified"
    assert actions.due_subscriptions(at=subscription.expires_at) == [subscription.pk]
    subscription.refresh_from_db()
    assert subscription.state == "asked"


def test_a_hub_that_never_takes_the_question_is_left_alone(
    subscription: Subscription, hub: Hub, at: datetime
) -> None:
    hub.status = 500
    for _ in range(8):
        assert not visiting.subscribe(subscription.pk, at=at)
    subscription.refresh_from_db()
    assert (subscription.state, subscription.renew_at, subscription.failures) == ("refused", None, 8)
    assert not visiting.subscribe(0, at=at)


def test_leases_stay_within_reason() -> None:
    assert [websub.lease(told) for told in ("", "soon", "60", "864000", "999999999")] == [
        864000,
        864000,
        300,
        864000,
        2592000,
    ]


def test_hubs_are_found_in_headers_first() -> None:
    feed = Feed(format=Format.RSS, hubs=("https://body.example/",), url="https://f.example/self")
    header = '<https://head.example/>; rel="hub", </self2>; rel=self; type="x", <x>, <javascript:x>; rel=hub'
    url = "https://f.example/feed"
    found = [
        websub.hub_of(SourceKind.FEED, url, {"link": header}, feed),
        websub.hub_of(
            SourceKind.FEED, url, {"link": '<https://h.example/>;rel="hub other"'}, Feed(format=Format.RSS)
        ),
        websub.hub_of(SourceKind.FEED, url, {}, feed),
        websub.hub_of(SourceKind.FEED, url, {}, Feed(format=Format.RSS)),
    ]
    assert found == [
        ("https://head.example/", "https://f.example/self2"),
        ("https://h.example/", url),
        ("https://body.example/", "https://f.example/self"),
        ("", ""),
    ]


def test_what_could_not_be_read_for_a_day_is_dropped(subscription: Subscription, at: datetime) -> None:
    Push.objects.create(subscription=subscription, body=b"", received_at=at)
    tasks.sweep(int(at.timestamp()))
    assert Push.objects.exists()
    tasks.sweep(int((at + timedelta(days=2)).timestamp()))
    assert not Push.objects.exists()
