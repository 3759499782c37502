"""What the database and the state table themselves refuse."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from altavoz.promotion.fairness import SLOT
from altavoz.promotion.models import Attempt, Candidate, Channel, Credit, Post
from altavoz.promotion.states import BadStepError, PostState, require

pytestmark = pytest.mark.django_db


def _post(channel: Channel, at: datetime, **changes: object) -> Post:
    usual = {"subject": "tests.work:9", "language": "es", "creator": "c", "revision": 1, "state": "approved"}
    return Post.objects.create(**{"channel": channel, "due_at": at} | usual | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("post_out_there_has_id", {"state": "sent"}),
        ("post_out_there_has_id", {"state": "withdrawing", "remote_id": "1"}),
        ("post_tried_has_message", {"state": "sending"}),
        ("post_tried_has_message", {"state": "unknown", "link": "https://a.example/"}),
        ("post_skipped_has_reason", {"state": "skipped"}),
    ],
)
def test_a_post_is_whole(channel: Channel, at: datetime, constraint: str, changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        _post(channel, at, **changes)


@pytest.mark.parametrize(
    ("constraint", "changes"), [("post_once", {"due_at": None}), ("post_slot", {"subject": "tests.work:10"})]
)
def test_one_post_per_work_and_per_slot(
    channel: Channel, at: datetime, constraint: str, changes: dict[str, object]
) -> None:
    _post(channel, at)
    if "due_at" in changes:
        changes = {"due_at": at + timedelta(hours=1)}
    with pytest.raises(IntegrityError, match=constraint):
        _post(channel, at, **changes)


def test_one_call_at_a_time_and_every_end_has_an_outcome(channel: Channel, at: datetime) -> None:
    post = _post(channel, at)
    with pytest.raises(IntegrityError, match="attempt_ended_has_outcome"), transaction.atomic():
        Attempt.objects.create(post=post, kind="send", at=at, ended_at=at)
    Attempt.objects.create(post=post, kind="send", at=at)
    with pytest.raises(IntegrityError, match="attempt_one_open"), transaction.atomic():
        Attempt.objects.create(post=post, kind="find", at=at)


def test_one_row_of_credit(channel: Channel) -> None:
    Credit.objects.create(channel=channel, language="es", creator="c", credit=0)
    with pytest.raises(IntegrityError, match="credit_once"):
        Credit.objects.create(channel=channel, language="es", creator="c", credit=0)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("channel_has_slots", {"slots_per_day": 0}),
        ("channel_has_languages", {"languages": []}),
        ("channel_quiet_both_ends", {"quiet_from": time(22)}),
        ("channel_disconnected_keeps_no_secret", {"state": "disconnected"}),
    ],
)
def test_a_channel_is_whole(channel: Channel, constraint: str, changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Channel.objects.filter(pk=channel.pk).update(**changes)


def test_rows_read_well_in_a_shell(channel: Channel, planned: Post, at: datetime) -> None:
    attempt = Attempt(post=planned, kind="send", at=at)
    rows = [channel, Candidate.objects.get(), planned, attempt, *Credit.objects.order_by("creator")]
    assert [str(row) for row in rows] == [
        "@altavoz@fake",
        "tests.work:1",
        f"tests.work:1 → {channel.pk}",
        "send: …",
        f"es: {SLOT}",
        f"tests.creator:1: {SLOT}",
    ]


def test_the_state_table_allows_no_second_sending() -> None:
    with pytest.raises(BadStepError, match="sending → sending"):
        require(PostState.SENDING, PostState.SENDING)
    with pytest.raises(BadStepError, match="unknown → sending"):
        require(PostState.UNKNOWN, PostState.SENDING)
