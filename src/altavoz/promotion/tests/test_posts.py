"""Promoters decide about posts, and can have what we keep about them."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from altavoz.core.models import Event
from altavoz.people.models import Account
from altavoz.promotion import actions, handlers
from altavoz.promotion.actions import calls
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.fairness import SLOT
from altavoz.promotion.models import Channel, Credit, Post
from altavoz.promotion.states import BadStepError
from altavoz.promotion.tests.fixtures import settle, written

pytestmark = pytest.mark.django_db


def test_an_approved_post_goes_out(
    fake: Server, waiting: Post, promoter: Account, stranger: Account, at: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        actions.approve_post(post_id=waiting.pk, by=stranger, at=at)
    post = actions.approve_post(post_id=waiting.pk, by=promoter, at=at)
    assert (post.state, post.next_at, post.decided_by) == ("approved", waiting.due_at, promoter)
    told = {"channel": post.channel.subject, "language": "es"}
    assert written("promotion.post_approved") == [(post.subject, told)]
    settle(at, hours=1)
    assert fake.world.created == 1
    with pytest.raises(BadStepError):
        actions.approve_post(post_id=waiting.pk, by=promoter, at=at)


@pytest.mark.usefixtures("fake")
def test_a_post_approved_too_late_gets_the_next_free_slot(waiting: Post, at: datetime) -> None:
    post = actions.approve_post(post_id=waiting.pk, by=None, at=at + timedelta(hours=2))
    assert post.due_at == waiting.due_at + timedelta(hours=2)


@pytest.mark.usefixtures("fake")
def test_a_skipped_post_is_left_out_for_good(waiting: Post, promoter: Account, at: datetime) -> None:
    with pytest.raises(ValueError, match=r"^ $"):
        actions.skip_post(post_id=waiting.pk, reason=" ", by=promoter, at=at)
    post = actions.skip_post(post_id=waiting.pk, reason=" Ya salió ", by=promoter, at=at)
    assert (post.state, post.note, post.next_at) == ("skipped", "Ya salió", None)
    told = {"channel": post.channel.subject, "language": "es", "reason": "Ya salió"}
    assert written("promotion.post_skipped") == [(post.subject, told)]
    assert actions.plan(at=at) == 0
    assert Credit.objects.get(creator="tests.creator:1").credit == 2 * SLOT
    actions.withdraw(subject=post.subject, reason="author", at=at)
    post.refresh_from_db()
    assert post.state == "withdrawn"


@pytest.mark.usefixtures("fake")
def test_a_post_that_may_be_out_there_is_not_skipped(planned: Post, at: datetime) -> None:
    actions.begin(post_id=planned.pk, at=planned.due_at)
    with pytest.raises(BadStepError):
        actions.skip_post(post_id=planned.pk, reason="?", by=None, at=at)
    with pytest.raises(BadStepError):
        actions.retry_post(post_id=planned.pk, by=None, at=at)
    with pytest.raises(BadStepError):
        actions.settle_post(post_id=planned.pk, remote_id="", url="", by=None, at=at)


@pytest.fixture
def unknown(fake: Server, planned: Post, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Post:
    # Neither the answer nor any look at the network came through, and we are not as patient as usual.
    monkeypatch.setattr(calls, "_MOST_LOOKS", 3)
    fake.world.faults.append(Fault("accept_then_drop"))
    fake.world.faults.append(Fault("error", method="GET", path="/api/v1/accounts", times=999))
    settle(at, hours=200)
    fake.world.faults.clear()
    planned.refresh_from_db()
    assert (planned.state, planned.next_at) == ("unknown", None)
    return planned


def test_a_person_found_the_post(fake: Server, unknown: Post, at: datetime) -> None:
    later = at + timedelta(days=9)
    url = "https://m.example/@a/7"
    post = actions.settle_post(post_id=unknown.pk, remote_id="7", url=url, by=None, at=later)
    assert (post.state, post.remote_id, post.remote_url, post.sent_at, post.next_at) == (
        "sent",
        "7",
        url,
        later,
        None,
    )
    assert Event.objects.latest("id").name == "promotion.post_sent"
    assert fake.world.created == 1


def test_a_person_found_nothing(fake: Server, unknown: Post, at: datetime) -> None:
    fake.world.statuses.clear()
    later = at + timedelta(days=9)
    actions.settle_post(post_id=unknown.pk, remote_id="", url="", by=None, at=later)
    settle(later)
    unknown.refresh_from_db()
    assert unknown.state == "sent"


@pytest.mark.parametrize(("remote_id", "state"), [("110000001", "withdrawn"), ("", "withdrawn")])
def test_what_was_withdrawn_meanwhile_is_taken_back(
    fake: Server, unknown: Post, at: datetime, remote_id: str, state: str
) -> None:
    later = at + timedelta(days=9)
    actions.withdraw(subject=unknown.subject, reason="author", at=later)
    actions.settle_post(post_id=unknown.pk, remote_id=remote_id, url="", by=None, at=later)
    settle(later)
    unknown.refresh_from_db()
    assert (unknown.state, len(fake.world.statuses)) == (state, 0 if remote_id else 1)


# What we keep about people


@pytest.mark.usefixtures("fake")
def test_promoters_can_have_and_erase_what_we_keep(waiting: Post, promoter: Account, at: datetime) -> None:
    Channel.objects.update(connected_by=promoter)
    actions.skip_post(post_id=waiting.pk, reason="Ya salió", by=promoter, at=at)
    assert handlers.export(promoter.pk) == {
        "connected": [{"network": "mastodon", "handle": "@altavoz@fake", "at": at.isoformat()}],
        "decided": [{"subject": "tests.work:1", "state": "skipped", "reason": "Ya salió"}],
    }
    handlers.erase(promoter.pk, at)
    assert handlers.export(promoter.pk) == {"connected": [], "decided": []}
