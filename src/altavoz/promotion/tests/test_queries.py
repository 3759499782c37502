"""What pages ask, and how it is said."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from altavoz.promotion import actions, queries, tasks
from altavoz.promotion.channels.contract import Trouble
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.queries import ChannelRow, Forecast, PostRow
from altavoz.promotion.states import TROUBLES, ChannelState, PostState
from altavoz.promotion.tests.fixtures import Offer, connect, settle
from altavoz.promotion.words import channel_in_words, post_in_words

pytestmark = pytest.mark.django_db


def test_the_overview_counts_per_channel(channel: Channel, offer: Offer, at: datetime) -> None:
    for pk in range(1, 6):
        offer(pk)
    actions.plan(at=at)
    settle(at, hours=2)
    states = list(Post.objects.order_by("due_at").values_list("state", flat=True))
    assert states == ["sent", "sent", "approved", "approved"]
    row = ChannelRow(
        channel=channel,
        planned=2,
        to_approve=0,
        sent=2,
        questions=0,
        failed=0,
        left_behind=0,
        next_at=at.replace(hour=17, minute=30, second=0),
        last_at=at.replace(hour=16, minute=30, second=0),
    )
    assert (queries.overview(), queries.overview("es"), queries.overview("pt")) == ([row], [row], [])


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_one_as_for_three(
    fake: Server, offer: Offer, at: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    channel = connect(fake, at=at, approval="promoter")
    for pk in range(1, count + 1):
        offer(pk)
    actions.plan(at=at)
    with django_assert_num_queries(1):
        assert len(queries.overview()) == 1
    with django_assert_num_queries(1):
        assert len(queries.calendar(channel, at, at + timedelta(days=1))) == count
    with django_assert_num_queries(1):
        assert len(queries.to_approve(channel)) == count
    Post.objects.update(state="failed")
    with django_assert_num_queries(1):
        assert len(queries.needing_people("es")) == count
    Post.objects.update(state="sent", remote_id="1", sent_at=at)
    with django_assert_num_queries(1):
        assert len(queries.posts_of([f"tests.work:{pk}" for pk in range(9)])) == count


def test_the_calendar_has_the_works(channel: Channel, planned: Post, at: datetime) -> None:
    (row,) = queries.calendar(channel, at, at + timedelta(hours=1))
    assert row.work is not None
    assert (row, row.work.title) == (PostRow(post=planned, work=row.work), "Obra 1")
    assert queries.calendar(channel, at + timedelta(hours=1), at + timedelta(days=9)) == []


@pytest.mark.usefixtures("channel")
def test_what_needs_people(fake: Server, offer: Offer, at: datetime) -> None:
    for pk in (1, 2, 3):
        offer(pk)
    actions.plan(at=at)
    fake.world.faults.append(Fault("reject"))
    settle(at, hours=2)
    Post.objects.filter(subject="tests.work:3").update(state="unknown", next_at=None, link="x", tried_at=at)
    assert [row.post.subject for row in queries.needing_people()] == ["tests.work:3", "tests.work:1"]
    assert queries.needing_people("pt") == []
    assert queries.overview()[0].questions == 1


# When will it be posted?


def test_a_forecast_is_what_then_happens(channel: Channel, offer: Offer, at: datetime) -> None:
    subjects = [offer(pk, creator=f"tests.creator:{pk % 3}") for pk in range(1, 12)]
    told = {subject: queries.forecast(subject, at=at) for subject in subjects}
    Channel.objects.update(ahead=20)
    actions.plan(at=at)
    slots = {post.subject: post.due_at for post in Post.objects.all()}
    assert told == {
        subject: [Forecast(channel=channel, at=slots[subject], sure=False)] for subject in subjects
    }
    assert queries.forecast(subjects[0], at=at) == [
        Forecast(channel=channel, at=slots[subjects[0]], sure=True)
    ]


def test_a_forecast_begins_after_the_calendar(channel: Channel, offer: Offer, at: datetime) -> None:
    for pk in range(1, 5):
        offer(pk)
    actions.plan(at=at)
    subject = offer(5)
    expected = at.replace(hour=19, minute=30, second=0)
    assert queries.forecast(subject, at=at) == [Forecast(channel=channel, at=expected, sure=False)]


def test_no_forecast(channel: Channel, planned: Post, offer: Offer, at: datetime) -> None:
    settle(at, hours=1)
    assert queries.forecast(planned.subject, at=at) == []
    assert queries.forecast("tests.work:99", at=at) == []
    offer(3, language="fr")
    assert queries.forecast("tests.work:3", at=at) == []
    actions.pause_channel(channel_id=channel.pk, by=None, at=at)
    assert queries.forecast(offer(4), at=at) == []


def test_too_far_away_to_tell(
    channel: Channel, offer: Offer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_HORIZON", 2)
    for pk in (1, 2):
        offer(pk)
    assert queries.forecast(offer(3), at=at) == [Forecast(channel=channel, at=None, sure=False)]


# In words

WHEN = "March 14, 2026, 3:30 p.m."
TIMEOUT = "The network took too long to answer. We look whether the post is there."
GONE = "The work was no longer there when its time came."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"state": "planned"},
            f"Planned for {WHEN} on @altavoz@fake. It goes out when a promoter approves it.",
        ),
        ({}, f"Goes out at {WHEN} on @altavoz@fake."),
        ({"state": "sending"}, "Is being sent to @altavoz@fake."),
        (
            {"state": "unknown", "trouble": "timeout"},
            f"Perhaps on @altavoz@fake. We look again at {WHEN} before anything is sent. {TIMEOUT}",
        ),
        (
            {"state": "unknown", "next_at": None},
            "Perhaps on @altavoz@fake. Please look there, and tell us what you found.",
        ),
        ({"state": "sent"}, f"Posted at {WHEN} on @altavoz@fake."),
        ({"state": "edited"}, f"Posted at {WHEN} on @altavoz@fake, and brought up to date since."),
        ({"state": "failed", "trouble": "gone"}, f"Not on @altavoz@fake. {GONE}"),
        ({"state": "skipped", "note": "ya salió"}, "Left out on @altavoz@fake: ya salió"),
        ({"state": "withdrawing"}, "Is being taken back from @altavoz@fake."),
        ({"state": "withdrawn", "sent_at": None}, "Cancelled before it reached @altavoz@fake."),
        ({"state": "withdrawn"}, "Not on @altavoz@fake any more."),
        (
            {"state": "left_behind"},
            "Still on @altavoz@fake. We could not take it back; please delete it there.",
        ),
    ],
)
def test_posts_in_words(planned: Post, changes: dict[str, object], said: str) -> None:
    planned.sent_at = planned.due_at
    for name, value in changes.items():
        setattr(planned, name, value)
    with translation.override("en"):
        assert post_in_words(planned).replace("\xa0", " ") == said


def test_every_trouble_has_words() -> None:
    assert set(TROUBLES) == set(Trouble)


def test_every_state_has_words(planned: Post) -> None:
    for state in PostState:
        planned.state = state
        assert post_in_words(planned)


@pytest.mark.parametrize(
    ("state", "trouble", "said"),
    [
        ("active", "", "This channel works."),
        ("paused", "", "A promoter has paused this channel."),
        (
            "paused",
            "auth",
            (
                "This channel has paused itself."
                " The network no longer accepts our access. Connect the account again."
            ),
        ),
        ("disconnected", "", "This account was given up."),
    ],
)
def test_channels_in_words(state: str, trouble: str, said: str) -> None:
    with translation.override("en"):
        assert channel_in_words(Channel(state=ChannelState(state), trouble=trouble)) == said


# Jobs


@pytest.mark.usefixtures("channel")
def test_the_jobs_play_together(fake: Server, offer: Offer, at: datetime, deliver: "object") -> None:
    """Planned by the clock, sent by its own job when its time has come, withdrawn by a job at once."""
    offer(1)
    with time_machine.travel(at, tick=False):
        tasks.plan(0)
        deliver()  # type: ignore[operator]
    assert fake.world.created == 0
    due = Post.objects.get().due_at
    with time_machine.travel(due, tick=False):
        deliver(until=due)  # type: ignore[operator]
        assert fake.world.created == 1
        actions.withdraw(subject="tests.work:1", reason="author", at=due)
        deliver()  # type: ignore[operator]
    assert fake.world.statuses == []
    tasks.refresh_limits(0)


@pytest.mark.usefixtures("at")
def test_a_lost_job_is_queued_again(fake: Server, planned: Post, deliver: "object") -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    with time_machine.travel(planned.due_at, tick=False):
        assert ProcrastinateJob.objects.count() == 1
        tasks.carry_due(0)
        tasks.carry_due(0)
        assert ProcrastinateJob.objects.count() == 2
        deliver(until=planned.due_at)  # type: ignore[operator]
    planned.refresh_from_db()
    assert (planned.state, fake.world.created) == ("sent", 1)
