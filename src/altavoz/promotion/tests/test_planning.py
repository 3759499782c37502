"""The calendar fills itself fairly."""

from datetime import UTC, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.core.models import Event
from altavoz.promotion import actions, shelves
from altavoz.promotion.actions import planning
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.fairness import SLOT
from altavoz.promotion.models import Candidate, Channel, Credit, Post
from altavoz.promotion.rota import Rota
from altavoz.promotion.states import PostState
from altavoz.promotion.tests.fixtures import Offer, connect

pytestmark = pytest.mark.django_db
ANA, BEA, CAI = "tests.creator:1", "tests.creator:2", "tests.creator:3"


def _calendar() -> list[tuple[str, str, str]]:
    posts = Post.objects.filter(state__in=["planned", "approved"]).order_by("due_at")
    return [(f"{post.due_at:%H:%M}", post.subject.rpartition(":")[2], post.state) for post in posts]


@pytest.mark.usefixtures("channel")
def test_slots_go_to_creators_in_turn_oldest_work_first(offer: Offer, at: datetime) -> None:
    for pk, creator in enumerate([ANA, ANA, ANA, BEA, CAI, CAI], start=1):
        offer(pk, creator=creator)

    assert actions.plan(at=at) == 4
    assert _calendar() == [
        ("15:30", "1", "approved"),
        ("16:30", "4", "approved"),
        ("17:30", "5", "approved"),
        ("18:30", "2", "approved"),
    ]
    assert actions.plan(at=at) == 0


@pytest.mark.usefixtures("channel")
def test_a_calendar_goes_on_where_it_stopped(offer: Offer, at: datetime) -> None:
    for pk, creator in enumerate([ANA, ANA, ANA, BEA, CAI, CAI], start=1):
        offer(pk, creator=creator)
    actions.plan(at=at)
    Post.objects.filter(subject__in=["tests.work:1", "tests.work:4"]).update(
        state=PostState.SENT, remote_id="1", sent_at=at, next_at=None
    )
    assert actions.plan(at=at + timedelta(hours=2)) == 2
    assert [pk for _, pk, _ in _calendar()] == ["5", "2", "6", "3"]


def test_languages_share_a_channel_whatever_they_bring(fake: Server, offer: Offer, at: datetime) -> None:
    connect(fake, at=at, languages=("es", "pt-BR", "sw"), ahead=9)
    for pk in range(1, 21):
        offer(pk, creator=f"tests.creator:{pk}")
    for pk in range(21, 24):
        offer(pk, language="pt-BR", creator=BEA)
    for pk in range(24, 27):
        offer(pk, language="sw", creator=CAI)
    offer(30, language="fr")

    assert actions.plan(at=at) == 9
    posts = Post.objects.order_by("due_at").values_list("language", flat=True)
    assert list(posts) == ["es", "pt", "sw"] * 3


def test_nothing_goes_before_its_hold_is_over(fake: Server, offer: Offer, at: datetime) -> None:
    connect(fake, at=at, hold_minutes=30)
    offer(1)
    assert actions.plan(at=at + timedelta(minutes=29)) == 0
    assert actions.plan(at=at + timedelta(minutes=30)) == 1


def test_quiet_hours_are_those_of_the_readers(fake: Server, offer: Offer, at: datetime) -> None:
    """It is 9:09 in Mexico City, and the channel is quiet from 10 to 22 o'clock there."""
    connect(
        fake,
        at=at,
        slots_per_day=12,
        time_zone="America/Mexico_City",
        quiet_from=time(10),
        quiet_until=time(22),
    )
    offer(1)
    offer(2)
    actions.plan(at=at)
    assert [post.due_at for post in Post.objects.order_by("due_at")] == [
        datetime(2026, 3, 14, 15, 30, tzinfo=UTC),
        datetime(2026, 3, 15, 4, 30, tzinfo=UTC),
    ]


def test_where_a_promoter_approves_nothing_is_due_by_itself(fake: Server, offer: Offer, at: datetime) -> None:
    connect(fake, at=at, approval="promoter")
    offer(1)
    actions.plan(at=at)
    assert _calendar() == [("15:30", "1", "planned")]
    assert Post.objects.get().next_at is None


@pytest.mark.usefixtures("channel")
def test_a_missed_slot_is_replaced_by_a_coming_one(offer: Offer, at: datetime) -> None:
    """The worker was away for ten hours: two posts do not go out together."""
    for pk in (1, 2):
        offer(pk)
    actions.plan(at=at)
    later = at + timedelta(hours=10)
    post = Post.objects.order_by("due_at").first()
    assert post is not None
    assert actions.begin(post_id=post.pk, at=later) is None
    actions.plan(at=later)
    assert _calendar() == [("01:30", "1", "approved"), ("02:30", "2", "approved")]


@pytest.mark.usefixtures("channel")
def test_a_slot_in_vain_is_paid_back(offer: Offer, at: datetime) -> None:
    for pk, creator in enumerate([ANA, BEA, ANA, BEA, ANA, BEA], start=1):
        offer(pk, creator=creator)
    actions.plan(at=at)
    assert [pk for _, pk, _ in _calendar()] == ["1", "2", "3", "4"]
    for pk in (1, 3):
        actions.withdraw(subject=f"tests.work:{pk}", reason="author", at=at)
    actions.plan(at=at)
    assert [pk for _, pk, _ in _calendar()] == ["5", "2", "6", "4"]
    assert not Post.objects.filter(paid=True, state=PostState.WITHDRAWN).exists()


@pytest.mark.usefixtures("channel")
def test_a_work_that_was_cancelled_can_be_planned_again(offer: Offer, at: datetime) -> None:
    subject = offer(1)
    actions.plan(at=at)
    actions.withdraw(subject=subject, reason="author", at=at)
    assert _calendar() == []
    offer(1, revision=2, when=at)
    assert actions.plan(at=at) == 1
    post = Post.objects.get()
    assert (post.state, post.revision, post.paid, post.unwanted_at) == ("approved", 2, True, None)


@pytest.mark.usefixtures("channel")
def test_works_of_nobody_take_one_turn_together(offer: Offer, at: datetime) -> None:
    for pk in (1, 2, 3):
        offer(pk, creator="")
    offer(4, creator=ANA)
    actions.plan(at=at)
    assert [pk for _, pk, _ in _calendar()] == ["1", "4", "2", "3"]


def test_a_paused_channel_plans_nothing(channel: Channel, offer: Offer, at: datetime) -> None:
    offer(1)
    actions.pause_channel(channel_id=channel.pk, by=None, at=at)
    assert actions.plan(at=at) == 0
    assert actions.plan_channel(channel_id=channel.pk, at=at) == 0


def test_credit_is_kept_between_plans(channel: Channel, offer: Offer, at: datetime) -> None:
    for pk, creator in enumerate([ANA, ANA, ANA, ANA, ANA, BEA], start=1):
        offer(pk, creator=creator)
    actions.plan(at=at)
    rows = {row.creator: (row.credit, row.mark, row.clock) for row in Credit.objects.order_by("creator")}
    # BEA had one work, was second, and stopped waiting; ANA then earned whole slots and paid them.
    assert rows == {
        "": (SLOT, 3 * SLOT + SLOT, 3 * SLOT),
        ANA: (SLOT, 3 * SLOT, 0),
        BEA: (SLOT, None, 0),
    }
    channel.refresh_from_db()
    assert channel.clock == 4 * SLOT


@pytest.mark.usefixtures("channel")
def test_a_withdrawn_work_is_not_planned(offer: Offer, at: datetime) -> None:
    subject = offer(1)
    actions.withdraw(subject=subject, reason="author", at=at)
    actions.withdraw(subject=subject, reason="author", at=at)
    assert actions.plan(at=at) == 0
    assert Candidate.objects.get().state == "withdrawn"
    assert not Event.objects.filter(subject=subject).exists()


def test_a_work_withdrawn_while_we_plan_loses_its_turn(channel: Channel, offer: Offer, at: datetime) -> None:
    for pk, creator in ((1, ANA), (2, BEA)):
        offer(pk, creator=creator)
    rota = Rota(channel, shelves.shelf(shelves.waiting(channel, at=at)))
    actions.withdraw(subject="tests.work:1", reason="author", at=at)
    free = planning.free_slots(channel, at=at)
    assert planning._fill(channel, rota, free, 4, at) == 1
    assert [pk for _, pk, _ in _calendar()] == ["2"]


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_few_and_many_works(
    channel: Channel,
    offer: Offer,
    at: datetime,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for pk in range(1, count + 1):
        offer(pk)
    actions.plan_channel(channel_id=channel.pk, at=at)
    with django_assert_num_queries(8):
        actions.plan_channel(channel_id=channel.pk, at=at)
