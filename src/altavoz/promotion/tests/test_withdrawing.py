"""What is withdrawn comes back from everywhere."""

from datetime import datetime, timedelta

import pytest

from altavoz.core.ledger.models import Entry
from altavoz.core.models import Event
from altavoz.promotion import actions
from altavoz.promotion.actions import outcomes
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.models import Post
from altavoz.promotion.tests.fixtures import Offer, attempts, begin_call, facts, settle

pytestmark = pytest.mark.django_db
#: The planned post is due at 15:30; it is 15:09.
DUE = timedelta(minutes=20, seconds=34)


def test_what_is_out_there_is_taken_back(fake: Server, planned: Post, at: datetime) -> None:
    settle(at, hours=1)
    actions.withdraw(subject=planned.subject, reason="removed", at=at + timedelta(hours=1))
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at, fake.world.statuses) == ("withdrawn", None, [])
    assert facts() == ["promotion.post_sent", "promotion.post_withdrawn"]
    entry = Entry.objects.get(type="promotion.withdrawn")
    assert (entry.subject, entry.public) == (planned.subject, {"reason": "removed", "posts": 1})


@pytest.mark.usefixtures("fake")
def test_what_was_not_sent_is_cancelled(planned: Post, at: datetime) -> None:
    actions.withdraw(subject=planned.subject, reason="author", at=at)
    settle(at, hours=2)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at, attempts(), facts()) == ("withdrawn", None, [], [])


def test_withdrawn_while_sending(fake: Server, planned: Post, at: datetime) -> None:
    call = begin_call(planned, at + DUE)
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
    call = begin_call(planned, at + DUE)
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
    call = begin_call(planned, later)
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
