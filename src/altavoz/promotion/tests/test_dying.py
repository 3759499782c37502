"""Workers die, and answers come late."""

from datetime import datetime, timedelta

import pytest

from altavoz.promotion import actions
from altavoz.promotion.channels.contract import Missing, Sent, Trouble, Unknown
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.models import Post
from altavoz.promotion.tests.fixtures import attempts, begin_call, settle

pytestmark = pytest.mark.django_db
#: The planned post is due at 15:30; it is 15:09.
DUE = timedelta(minutes=20, seconds=34)


def test_a_worker_that_died_before_the_call(fake: Server, planned: Post, at: datetime) -> None:
    begin_call(planned, at + DUE)
    settle(at, hours=1)
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
    assert attempts() == [("send", "unknown", "crashed"), ("find", "missing", ""), ("send", "done", "")]


def test_a_worker_that_died_after_the_call(fake: Server, planned: Post, at: datetime) -> None:
    call = begin_call(planned, at + DUE)
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
    call = begin_call(planned, at + DUE)
    later = at + DUE + timedelta(minutes=6)
    look = begin_call(planned, later)
    actions.finish(attempt_id=look.attempt_id, answer=Missing(), at=later)
    sent = Sent(remote_id="7", url="https://m.example/7")
    for answer in (Unknown(why=Trouble.TIMEOUT), sent, Sent(remote_id="8", url="")):
        actions.finish(attempt_id=call.attempt_id, answer=answer, at=later)
    planned.refresh_from_db()
    assert (planned.state, planned.remote_id, planned.next_at) == ("sent", "7", None)
    assert fake.world.created == 0


@pytest.mark.usefixtures("fake")
def test_a_late_answer_for_a_withdrawn_post_takes_it_back(planned: Post, at: datetime) -> None:
    call = begin_call(planned, at + DUE)
    later = at + DUE + timedelta(minutes=6)
    look = begin_call(planned, later)
    actions.withdraw(subject=planned.subject, reason="author", at=later)
    actions.finish(attempt_id=look.attempt_id, answer=Missing(), at=later)
    planned.refresh_from_db()
    assert planned.state == "withdrawn"
    actions.finish(attempt_id=call.attempt_id, answer=Sent(remote_id="7", url=""), at=later)
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("withdrawing", later)
