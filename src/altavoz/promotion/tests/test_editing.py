"""What is out there comes up to date."""

from datetime import datetime, timedelta

import pytest

from altavoz.promotion import actions
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.tests.fixtures import Offer, attempts, begin_call, settle

pytestmark = pytest.mark.django_db
#: The planned post is due at 15:30; it is 15:09.
DUE = timedelta(minutes=20, seconds=34)


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
    assert (planned.revision, attempts()) == (3, [("send", "done", ""), ("edit", "done", "")])
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
    call = begin_call(planned, at + DUE)
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
    edit = begin_call(planned, at + timedelta(hours=1))
    offer(1, revision=3, title="Tres")
    again = begin_call(planned, at + timedelta(hours=1))
    assert (edit.message.text[:3], again.message.text[:4]) == ("Dos", "Tres")
    assert attempts()[1:] == [("edit", "unknown", "crashed"), ("edit", "", "")]
