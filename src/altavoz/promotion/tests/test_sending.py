"""Posts go out once, whatever the network answers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from altavoz.core.models import Event
from altavoz.promotion import actions, deliveries
from altavoz.promotion.channels.contract import Connection, Failed, Unknown
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.tests.fixtures import Offer, Works, attempts, connect, facts, settle

pytestmark = pytest.mark.django_db
#: The planned post is due at 15:30; it is 15:09.
DUE = timedelta(minutes=20, seconds=34)


def test_a_post_goes_out_at_its_time(fake: Server, planned: Post, at: datetime) -> None:
    assert deliveries.carry(post_id=planned.pk, at=at) is None
    settle(at, hours=1)

    planned.refresh_from_db()
    link = "http://localhost:8000/es/works/1-t%C3%ADtulo/"
    assert [(status.text, status.language) for status in fake.world.statuses] == [
        (f"Obra 1\n— Ana Pérez\n\n{link}", "es")
    ]
    assert (planned.state, planned.next_at, planned.tries, planned.link) == ("sent", None, 0, link)
    assert (planned.remote_id, planned.remote_url) == ("110000001", f"{fake.address}/@altavoz/110000001")
    assert planned.sent_at == at + DUE
    assert attempts() == [("send", "done", "")]
    assert Event.objects.get().body == {
        "subject": "tests.work:1",
        "post_id": planned.pk,
        "channel_id": planned.channel_id,
        "network": "mastodon",
        "language": "es",
        "url": planned.remote_url,
    }


def test_the_link_leads_to_a_language_of_the_interface(
    fake: Server, works: Works, offer: Offer, at: datetime
) -> None:
    connect(fake, at=at, languages=("sw", "pt", "ar"))
    for pk, language, spoken in ((1, "sw", "sw"), (2, "pt-BR", "pt-BR"), (3, "ar", "ar")):
        works.like = replace(works.like, language=language, spoken_language=spoken)
        offer(pk, language=language)
    actions.plan(at=at)
    settle(at, hours=3)
    shown = {
        (status.language, status.text.partition("8000/")[2].partition("/")[0])
        for status in fake.world.statuses
    }
    assert shown == {("sw", "en"), ("pt", "pt-br"), ("ar", "ar")}


@pytest.mark.parametrize("kind", ["accept_then_500", "accept_then_drop"])
def test_accepted_but_not_answered_is_found_and_not_sent_again(
    fake: Server, planned: Post, at: datetime, kind: str
) -> None:
    fake.world.faults.append(Fault(kind))
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
    assert [attempt[:2] for attempt in attempts()] == [("send", "unknown"), ("find", "done")]
    assert facts() == ["promotion.post_unknown", "promotion.post_sent"]


@pytest.mark.parametrize("kind", ["error", "drop"])
def test_not_accepted_and_not_answered_is_sent_after_looking(
    fake: Server, planned: Post, at: datetime, kind: str
) -> None:
    fake.world.faults.append(Fault(kind, times=2))
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
    assert [attempt[:2] for attempt in attempts()] == [
        ("send", "unknown"), ("find", "missing"), ("send", "unknown"), ("find", "missing"), ("send", "done"),
    ]  # fmt: skip


def test_looking_goes_on_while_the_network_is_down(fake: Server, planned: Post, at: datetime) -> None:
    """Three days without an answer lose nothing."""
    fake.world.faults.append(Fault("accept_then_drop"))
    fake.world.faults.append(Fault("error", method="GET", path="/api/v1/accounts", times=80))
    settle(at, hours=73)
    planned.refresh_from_db()
    assert planned.state == "unknown"
    settle(at, hours=90)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)


def test_after_four_days_a_person_is_asked(fake: Server, planned: Post, at: datetime) -> None:
    fake.world.faults.append(Fault("accept_then_drop"))
    fake.world.faults.append(Fault("error", method="GET", path="/api/v1/accounts", times=999))
    settle(at, hours=200)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("unknown", None)
    assert Event.objects.latest("id").body["asks"] is True


def test_too_fast_obeys_the_network(fake: Server, planned: Post, at: datetime) -> None:
    fake.world.faults.append(Fault("rate_limit"))
    settle(at, hours=1)
    planned.refresh_from_db()
    # The imitation's clock is the real one: what it asks for is believed up to a day.
    assert (planned.state, planned.text, planned.trouble) == ("approved", "", "too_fast")
    assert planned.next_at == at + DUE + timedelta(days=1)
    settle(at, hours=26)
    planned.refresh_from_db()
    assert (planned.state, planned.trouble) == ("sent", "")


def test_a_refusal_is_final_until_a_person_tries_again(fake: Server, planned: Post, at: datetime) -> None:
    fake.world.faults.append(Fault("reject"))
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.trouble, facts()) == ("failed", "refused", ["promotion.post_failed"])
    actions.retry_post(post_id=planned.pk, by=None, at=at + timedelta(hours=1))
    settle(at, hours=3)
    planned.refresh_from_db()
    assert planned.state == "sent"


def test_repeated_refusals_to_let_us_in_pause_the_channel(
    fake: Server, channel: Channel, planned: Post, at: datetime
) -> None:
    fake.world.revoked.add("altavoz")
    settle(at, hours=1)
    channel.refresh_from_db()
    planned.refresh_from_db()
    assert (channel.state, channel.trouble, channel.auth_failures) == ("paused", "auth", 3)
    assert (planned.state, planned.trouble) == ("approved", "auth")
    assert Event.objects.get().body == {"subject": channel.subject, "trouble": "auth"}

    fake.world.revoked.clear()
    later = at + timedelta(hours=2)
    actions.resume_channel(channel_id=channel.pk, by=None, at=later)
    settle(later)
    planned.refresh_from_db()
    channel.refresh_from_db()
    assert (planned.state, channel.auth_failures, fake.world.created) == ("sent", 0, 1)


def test_two_refusals_and_a_success_start_counting_anew(
    fake: Server, channel: Channel, planned: Post, at: datetime
) -> None:
    fake.world.faults.append(Fault("unauthorized", times=2))
    settle(at, hours=1)
    channel.refresh_from_db()
    planned.refresh_from_db()
    assert (planned.state, channel.state, channel.auth_failures) == ("sent", "active", 0)


@pytest.mark.usefixtures("fake")
def test_a_work_that_is_gone_fails(planned: Post, works: Works, at: datetime) -> None:
    works.titles.clear()
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.trouble, attempts()) == ("failed", "gone", [])


@pytest.mark.usefixtures("fake")
def test_a_network_too_small_for_the_link_fails(channel: Channel, planned: Post, at: datetime) -> None:
    Channel.objects.filter(pk=channel.pk).update(characters=10)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.trouble) == ("failed", "does_not_fit")


# Channels that do not work


def test_a_paused_channel_sends_nothing_but_takes_back(
    fake: Server, channel: Channel, offer: Offer, at: datetime
) -> None:
    for pk in (1, 2):
        offer(pk)
    actions.plan(at=at)
    settle(at, hours=1)
    actions.pause_channel(channel_id=channel.pk, by=None, at=at + timedelta(hours=1))
    actions.withdraw(subject="tests.work:1", reason="author", at=at + timedelta(hours=1))
    settle(at, hours=3)
    states = list(Post.objects.order_by("subject").values_list("state", flat=True))
    assert (states, fake.world.statuses) == (["withdrawn", "approved"], [])


def test_a_disconnected_channel_leaves_behind_what_it_sent(
    fake: Server, channel: Channel, offer: Offer, at: datetime
) -> None:
    for pk in (1, 2, 3):
        offer(pk)
    actions.plan(at=at)
    settle(at, hours=1)
    fake.world.faults.append(Fault("accept_then_drop"))
    two = Post.objects.get(subject="tests.work:2")
    deliveries.carry(post_id=two.pk, at=two.due_at)
    actions.disconnect_channel(channel_id=channel.pk, by=None, at=at + timedelta(hours=2))
    actions.withdraw(subject="tests.work:1", reason="author", at=at + timedelta(hours=2))
    settle(at, hours=3)
    states = list(Post.objects.order_by("subject").values_list("state", "next_at"))
    assert states == [("left_behind", None), ("unknown", None), ("withdrawn", None)]
    assert Event.objects.filter(name="promotion.post_unknown", body__asks=True).count() == 1


def test_a_network_that_cannot_be_searched_asks_at_once(
    fake: Server, planned: Post, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mastodon, "searchable", False)
    fake.world.faults.append(Fault("accept_then_drop"))
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("unknown", None)


def test_limits_are_asked_for_again(fake: Server, channel: Channel, at: datetime) -> None:
    Channel.objects.update(characters=99)
    fake.world.faults.append(Fault("error", method="GET", path="/api/v1/accounts"))
    deliveries.refresh_limits(channel_id=channel.pk, at=at)
    channel.refresh_from_db()
    assert channel.characters == 99
    deliveries.refresh_limits(channel_id=channel.pk, at=at)
    channel.refresh_from_db()
    assert channel.characters == 500


def test_probing_before_connecting(fake: Server, connection: Connection, at: datetime) -> None:
    found = deliveries.probe("mastodon", fake.address, connection.credentials, at=at)
    assert not isinstance(found, Failed | Unknown)
    assert found.options == connection.options
