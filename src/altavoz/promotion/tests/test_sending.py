"""Posts go out once, come up to date, and come back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from altavoz.core.ledger.models import Entry
from altavoz.core.models import Event
from altavoz.promotion import actions, deliveries
from altavoz.promotion.actions import Call, outcomes
from altavoz.promotion.channels.contract import Connection, Failed, Missing, Sent, Trouble, Unknown
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.models import Attempt, Channel, Post
from altavoz.promotion.tests.fixtures import Offer, Works, connect, settle

pytestmark = pytest.mark.django_db
#: The planned post is due at 15:30; it is 15:09.
DUE = timedelta(minutes=20, seconds=34)


def _facts() -> list[str]:
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def _attempts() -> list[tuple[str, str, str]]:
    return list(Attempt.objects.order_by("id").values_list("kind", "outcome", "trouble"))


def _begin(post: Post, at: datetime) -> Call:
    call = actions.begin(post_id=post.pk, at=at)
    assert call is not None
    return call


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
    assert _attempts() == [("send", "done", "")]
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
    assert [attempt[:2] for attempt in _attempts()] == [("send", "unknown"), ("find", "done")]
    assert _facts() == ["promotion.post_unknown", "promotion.post_sent"]


@pytest.mark.parametrize("kind", ["error", "drop"])
def test_not_accepted_and_not_answered_is_sent_after_looking(
    fake: Server, planned: Post, at: datetime, kind: str
) -> None:
    fake.world.faults.append(Fault(kind, times=2))
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
    assert [attempt[:2] for attempt in _attempts()] == [
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
    assert (planned.state, planned.trouble, _facts()) == ("failed", "refused", ["promotion.post_failed"])
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
    assert (planned.state, planned.trouble, _attempts()) == ("failed", "gone", [])


@pytest.mark.usefixtures("fake")
def test_a_network_too_small_for_the_link_fails(channel: Channel, planned: Post, at: datetime) -> None:
    Channel.objects.filter(pk=channel.pk).update(characters=10)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.trouble) == ("failed", "does_not_fit")


# Nobody left to tell


def test_a_worker_that_died_before_the_call(fake: Server, planned: Post, at: datetime) -> None:
    _begin(planned, at + DUE)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
    assert _attempts() == [("send", "unknown", "crashed"), ("find", "missing", ""), ("send", "done", "")]


def test_a_worker_that_died_after_the_call(fake: Server, planned: Post, at: datetime) -> None:
    call = _begin(planned, at + DUE)
    sent = Mastodon().send(call.connection, call.message, key=call.key, at=at)
    assert isinstance(sent, Sent)
    assert actions.begin(post_id=planned.pk, at=at + DUE) is None
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, planned.remote_id, fake.world.created) == ("sent", sent.remote_id, 1)


def test_an_answer_that_comes_late_counts_if_the_post_is_there(
    fake: Server, planned: Post, at: datetime
) -> None:
    """The worker was asleep, not dead: meanwhile somebody looked, found nothing, and was about to send again."""
    call = _begin(planned, at + DUE)
    later = at + DUE + timedelta(minutes=6)
    look = _begin(planned, later)
    actions.finish(attempt_id=look.attempt_id, answer=Missing(), at=later)
    sent = Sent(remote_id="7", url="https://m.example/7")
    for answer in (Unknown(why=Trouble.TIMEOUT), sent, Sent(remote_id="8", url="")):
        actions.finish(attempt_id=call.attempt_id, answer=answer, at=later)
    planned.refresh_from_db()
    assert (planned.state, planned.remote_id, planned.next_at) == ("sent", "7", None)
    assert fake.world.created == 0


@pytest.mark.usefixtures("fake")
def test_a_late_answer_for_a_withdrawn_post_takes_it_back(planned: Post, at: datetime) -> None:
    call = _begin(planned, at + DUE)
    later = at + DUE + timedelta(minutes=6)
    look = _begin(planned, later)
    actions.withdraw(subject=planned.subject, reason="author", at=later)
    actions.finish(attempt_id=look.attempt_id, answer=Missing(), at=later)
    planned.refresh_from_db()
    assert planned.state == "withdrawn"
    actions.finish(attempt_id=call.attempt_id, answer=Sent(remote_id="7", url=""), at=later)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("withdrawing", later)


# Coming up to date


def test_a_new_revision_edits_what_is_out_there(
    fake: Server, planned: Post, offer: Offer, at: datetime
) -> None:
    settle(at, hours=1)
    offer(1, revision=2, title="Otro título")
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.revision, planned.next_at) == ("edited", 2, None)
    assert fake.world.statuses[0].text.startswith("Otro título\n")
    assert (fake.world.created, len(fake.world.statuses)) == (1, 1)
    offer(1, revision=3, title="Otro título")
    settle(at, hours=3)
    planned.refresh_from_db()
    assert (planned.revision, _attempts()) == (3, [("send", "done", ""), ("edit", "done", "")])
    offer(1, revision=2)
    assert planned.next_at is None


def test_a_revision_approved_before_sending_is_the_one_that_goes(
    fake: Server, planned: Post, offer: Offer, at: datetime
) -> None:
    offer(1, revision=2, title="Corregido")
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.revision, fake.world.statuses[0].text[:9]) == (2, "Corregido")


def test_a_revision_approved_while_sending_follows(
    fake: Server, planned: Post, offer: Offer, at: datetime
) -> None:
    call = _begin(planned, at + DUE)
    offer(1, revision=2, title="Corregido")
    answer = Mastodon().send(call.connection, call.message, key=call.key, at=at)
    actions.finish(attempt_id=call.attempt_id, answer=answer, at=at + DUE)
    settle(at, hours=1)
    assert fake.world.statuses[0].text.startswith("Corregido\n")


@pytest.mark.parametrize(
    ("kind", "state"), [("error", "edited"), ("unauthorized", "edited"), ("reject", "sent")]
)
def test_an_edit_is_repeated_unless_it_is_refused(
    fake: Server, planned: Post, offer: Offer, at: datetime, kind: str, state: str
) -> None:
    settle(at, hours=1)
    fake.world.faults.append(Fault(kind, method="PUT"))
    offer(1, revision=2, title="Otro")
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == (state, None)


@pytest.mark.usefixtures("fake")
@pytest.mark.usefixtures("works")
def test_a_work_that_no_longer_fits_keeps_its_old_text(
    channel: Channel, planned: Post, offer: Offer, at: datetime
) -> None:
    settle(at, hours=1)
    Channel.objects.filter(pk=channel.pk).update(characters=10)
    offer(1, revision=2, title="Otro")
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.revision, planned.text[:6]) == ("sent", 2, "Obra 1")


@pytest.mark.usefixtures("fake")
def test_a_second_edit_while_the_first_was_not_answered(planned: Post, offer: Offer, at: datetime) -> None:
    settle(at, hours=1)
    offer(1, revision=2, title="Dos")
    edit = _begin(planned, at + timedelta(hours=1))
    offer(1, revision=3, title="Tres")
    again = _begin(planned, at + timedelta(hours=1))
    assert (edit.message.text[:3], again.message.text[:4]) == ("Dos", "Tres")
    assert _attempts()[1:] == [("edit", "unknown", "crashed"), ("edit", "", "")]


# Coming back


def test_what_is_out_there_is_taken_back(fake: Server, planned: Post, at: datetime) -> None:
    settle(at, hours=1)
    actions.withdraw(subject=planned.subject, reason="removed", at=at + timedelta(hours=1))
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at, fake.world.statuses) == ("withdrawn", None, [])
    assert _facts() == ["promotion.post_sent", "promotion.post_withdrawn"]
    entry = Entry.objects.get(type="promotion.withdrawn")
    assert (entry.subject, entry.public) == (planned.subject, {"reason": "removed", "posts": 1})


@pytest.mark.usefixtures("fake")
def test_what_was_not_sent_is_cancelled(planned: Post, at: datetime) -> None:
    actions.withdraw(subject=planned.subject, reason="author", at=at)
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at, _attempts(), _facts()) == ("withdrawn", None, [], [])


def test_withdrawn_while_sending(fake: Server, planned: Post, at: datetime) -> None:
    call = _begin(planned, at + DUE)
    actions.withdraw(subject=planned.subject, reason="author", at=at + DUE)
    answer = Mastodon().send(call.connection, call.message, key=call.key, at=at)
    actions.finish(attempt_id=call.attempt_id, answer=answer, at=at + DUE)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.statuses, fake.world.created) == ("withdrawn", [], 1)


@pytest.mark.parametrize(
    ("kind", "created"), [("accept_then_drop", 1), ("drop", 0), ("reject", 0), ("rate_limit", 0)]
)
def test_withdrawn_while_sending_and_the_answer_is_lost(
    fake: Server, planned: Post, at: datetime, kind: str, created: int
) -> None:
    fake.world.faults.append(Fault(kind))
    call = _begin(planned, at + DUE)
    actions.withdraw(subject=planned.subject, reason="author", at=at + DUE)
    answer = Mastodon().send(call.connection, call.message, key=call.key, at=at)
    actions.finish(attempt_id=call.attempt_id, answer=answer, at=at + DUE)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.statuses, fake.world.created) == ("withdrawn", [], created)


def test_withdrawn_while_editing(fake: Server, planned: Post, offer: Offer, at: datetime) -> None:
    settle(at, hours=1)
    offer(1, revision=2, title="Otro")
    later = at + timedelta(hours=1)
    call = _begin(planned, later)
    actions.withdraw(subject=planned.subject, reason="author", at=later)
    sent = Mastodon().edit(call.connection, call.message, remote_id=call.remote_id, at=later)
    actions.finish(attempt_id=call.attempt_id, answer=sent, at=later)
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, fake.world.statuses) == ("withdrawn", [])


def test_a_withdrawal_is_repeated_until_it_is_done(fake: Server, planned: Post, at: datetime) -> None:
    settle(at, hours=1)
    fake.world.faults.append(Fault("error", method="DELETE", times=3))
    actions.withdraw(subject=planned.subject, reason="author", at=at + timedelta(hours=1))
    settle(at, hours=2)
    planned.refresh_from_db()
    assert planned.state == "withdrawn"


@pytest.mark.parametrize(("kind", "times", "hours"), [("reject", 1, 2), ("error", 200, 3)])
def test_what_cannot_be_taken_back_is_left_to_people(
    fake: Server,
    planned: Post,
    at: datetime,
    kind: str,
    times: int,
    hours: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outcomes, "_MOST_TRIES", 5)
    settle(at, hours=1)
    fake.world.faults.append(Fault(kind, method="DELETE", times=times))
    actions.withdraw(subject=planned.subject, reason="author", at=at + timedelta(hours=1))
    settle(at, hours=hours)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("left_behind", None)
    left = Event.objects.get(name="promotion.post_left_behind")
    assert left.body["url"] == planned.remote_url


@pytest.mark.usefixtures("fake")
def test_what_was_shown_once_is_not_planned_again(planned: Post, offer: Offer, at: datetime) -> None:
    settle(at, hours=1)
    actions.withdraw(subject=planned.subject, reason="author", at=at + timedelta(hours=1))
    settle(at, hours=2)
    offer(1, revision=2, when=at + timedelta(hours=3))
    assert actions.plan(at=at + timedelta(hours=3)) == 0


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
