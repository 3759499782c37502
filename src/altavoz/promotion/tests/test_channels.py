"""Accounts are connected, paused, resumed and given up; promoters decide about posts."""

from datetime import datetime, time, timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from altavoz.core.ledger.models import Entry
from altavoz.core.models import Event
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.promotion import actions, deliveries, handlers, policies, vault
from altavoz.promotion.actions import Rhythm, calls
from altavoz.promotion.channels.contract import Limits, Probe
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.forms import MastodonForm
from altavoz.promotion.fairness import SLOT
from altavoz.promotion.forms import RhythmForm, connect_form
from altavoz.promotion.models import Attempt, Candidate, Channel, Credit, Post
from altavoz.promotion.states import BadStepError, PostState, require
from altavoz.promotion.tests.fixtures import Offer, connect, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def promoter(at: datetime) -> Account:
    account = people.create_account(email="ana@example.org", name="Ana", language="es", at=at)
    team = people.open_team(language="es", kind="promotion", by=None, at=at)
    people.join_team(account=account, team=team, role="member", by=None, at=at)
    return account


@pytest.fixture
def stranger(at: datetime) -> Account:
    return people.create_account(email="eva@example.org", name="Eva", language="es", at=at)


def _written(kind: str) -> list[tuple[str, dict[str, object]]]:
    return list(Entry.objects.filter(type=kind).values_list("subject", "public"))


# Channels


def test_connecting_seals_the_credentials_and_writes_the_ledger(channel: Channel) -> None:
    assert "secret" not in channel.credentials
    assert vault.unseal(channel.credentials) == {"token": "secret"}
    told = {"network": "mastodon", "handle": "@altavoz@fake", "languages": ["es"]}
    assert _written("promotion.channel_connected") == [(channel.subject, told)]


def test_an_account_is_connected_once(fake: Server, channel: Channel, at: datetime) -> None:
    with pytest.raises(IntegrityError, match="channel_account_once"), transaction.atomic():
        connect(fake, at=at)
    assert Channel.objects.get() == channel


def test_an_account_that_comes_back_goes_on_where_it_stopped(
    fake: Server, channel: Channel, offer: Offer, at: datetime
) -> None:
    for pk in (1, 2, 3, 4):
        offer(pk)
    actions.plan(at=at)
    settle(at, hours=2)
    fake.world.faults.append(Fault("accept_then_drop"))
    three = Post.objects.get(subject="tests.work:3")
    deliveries.carry(post_id=three.pk, at=three.due_at)
    later = at + timedelta(hours=3)
    actions.disconnect_channel(channel_id=channel.pk, by=None, at=later)
    actions.withdraw(subject="tests.work:1", reason="author", at=later)
    settle(later, hours=1)
    states = list(Post.objects.order_by("subject").values_list("state", flat=True))
    assert states == ["left_behind", "sent", "unknown", "withdrawn"]

    back = at + timedelta(hours=5)
    assert connect(fake, at=back) == channel
    actions.plan(at=back)
    settle(back, hours=2)
    states = list(Post.objects.order_by("subject").values_list("state", flat=True))
    assert states == ["withdrawn", "sent", "sent", "sent"]
    assert (fake.world.created, fake.world.deleted) == (4, 1)


def test_only_the_teams_of_all_its_languages_connect_a_channel(
    promoter: Account, stranger: Account, at: datetime
) -> None:
    def as_(by: Account, *languages: str) -> Channel:
        return actions.connect_channel(
            network="mastodon",
            address="https://m.example",
            credentials={},
            probe=Probe(handle="@a@m.example", options={}, limits=Limits()),
            languages=languages,
            rhythm=Rhythm(),
            by=by,
            at=at,
        )

    for by, languages in ((stranger, ["es"]), (promoter, ["es", "pt"]), (promoter, [])):
        with pytest.raises(PermissionDenied):
            as_(by, *languages)
    channel = as_(promoter, "es-MX")
    assert channel.languages == ["es"]
    assert [policies.may(by, "promotion.view_channel", channel) for by in (promoter, stranger)] == [
        True,
        False,
    ]


def test_pausing_and_resuming(channel: Channel, promoter: Account, stranger: Account, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.pause_channel(channel_id=channel.pk, by=stranger, at=at)
    with pytest.raises(BadStepError):
        actions.resume_channel(channel_id=channel.pk, by=promoter, at=at)
    actions.pause_channel(channel_id=channel.pk, by=promoter, at=at)
    with pytest.raises(BadStepError):
        actions.pause_channel(channel_id=channel.pk, by=promoter, at=at)
    assert Event.objects.get(subject=channel.subject).body == {"subject": channel.subject, "trouble": ""}
    assert actions.resume_channel(channel_id=channel.pk, by=promoter, at=at).state == "active"


def test_resuming_with_new_credentials(channel: Channel, at: datetime) -> None:
    actions.pause_channel(channel_id=channel.pk, by=None, at=at)
    other = Probe(handle="@otra@fake", options={}, limits=Limits())
    with pytest.raises(ValueError, match="@otra@fake"), transaction.atomic():
        actions.resume_channel(channel_id=channel.pk, by=None, at=at, credentials={"token": "x"}, probe=other)
    mine = Probe(handle=channel.handle, options={}, limits=Limits())
    actions.resume_channel(channel_id=channel.pk, by=None, at=at, credentials={"token": "new"}, probe=mine)
    channel.refresh_from_db()
    assert vault.unseal(channel.credentials) == {"token": "new"}


def test_giving_an_account_up_deletes_its_secret(channel: Channel, planned: Post, at: datetime) -> None:
    actions.disconnect_channel(channel_id=channel.pk, by=None, at=at)
    channel.refresh_from_db()
    planned.refresh_from_db()
    assert (channel.credentials, channel.options, planned.state, planned.next_at) == (
        "",
        {},
        "withdrawn",
        None,
    )
    with pytest.raises(BadStepError):
        actions.disconnect_channel(channel_id=channel.pk, by=None, at=at)


def test_a_new_rhythm_leaves_what_is_planned(
    channel: Channel, planned: Post, offer: Offer, at: datetime
) -> None:
    rhythm = Rhythm(slots_per_day=2, ahead=2, hold_minutes=0, time_zone="Asia/Tokyo")
    actions.set_rhythm(channel_id=channel.pk, rhythm=rhythm, by=None, at=at)
    offer(2)
    actions.plan(at=at)
    due = [f"{post.due_at:%d %H:%M}" for post in Post.objects.order_by("due_at")]
    assert due == [f"{planned.due_at:%d %H:%M}", "14 21:00"]


# Secrets


def test_keys_can_be_changed(channel: Channel, settings: Settings) -> None:
    old = (
        [settings.SECRET_KEY]
        if not hasattr(settings, "ALTAVOZ_CREDENTIAL_KEYS")
        else settings.ALTAVOZ_CREDENTIAL_KEYS
    )
    settings.ALTAVOZ_CREDENTIAL_KEYS = ["a newer secret", *old]
    assert actions.reseal_credentials() == 1
    settings.ALTAVOZ_CREDENTIAL_KEYS = ["a newer secret"]
    channel.refresh_from_db()
    assert vault.unseal(channel.credentials) == {"token": "secret"}
    settings.ALTAVOZ_CREDENTIAL_KEYS = ["another"]
    with pytest.raises(vault.SealBrokenError):
        vault.unseal(channel.credentials)
    with pytest.raises(vault.SealBrokenError):
        actions.reseal_credentials()
    with pytest.raises(vault.SealBrokenError):
        vault.unseal(Fernet(Fernet.generate_key()).encrypt(b"{}").decode())


# Decisions about posts


@pytest.fixture
def waiting(fake: Server, offer: Offer, at: datetime) -> Post:
    # It is due at 15:30.
    connect(fake, at=at, approval="promoter")
    offer(1)
    actions.plan(at=at)
    return Post.objects.get()


def test_an_approved_post_goes_out(
    fake: Server, waiting: Post, promoter: Account, stranger: Account, at: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        actions.approve_post(post_id=waiting.pk, by=stranger, at=at)
    post = actions.approve_post(post_id=waiting.pk, by=promoter, at=at)
    assert (post.state, post.next_at, post.decided_by) == ("approved", waiting.due_at, promoter)
    told = {"channel": post.channel.subject, "language": "es"}
    assert _written("promotion.post_approved") == [(post.subject, told)]
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
    assert _written("promotion.post_skipped") == [(post.subject, told)]
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


# What the database itself refuses


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


# Forms


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://mastodon.example/@ana ", "https://mastodon.example"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
    ],
)
def test_connecting_asks_for_server_and_token(server: str, address: str) -> None:
    assert connect_form("mastodon") is MastodonForm
    form = MastodonForm({"server": server, "token": " t "})
    assert form.is_valid()
    assert (form.address(), form.credentials()) == (address, {"token": "t"})


@pytest.mark.parametrize("server", ["ftp://a.example", "https://", ""])
def test_what_is_no_server(server: str) -> None:
    assert "server" in MastodonForm({"server": server, "token": "t"}).errors


def test_the_rhythm_form() -> None:
    asked = {"slots_per_day": "3", "hold_minutes": "10", "time_zone": "Asia/Tokyo", "approval": "promoter"}
    form = RhythmForm(asked)
    assert form.is_valid()
    assert form.rhythm() == Rhythm(
        slots_per_day=3, ahead=6, hold_minutes=10, time_zone="Asia/Tokyo", approval="promoter"
    )
    half = RhythmForm(asked | {"quiet_from": "22:00"})
    assert half.non_field_errors() == ["Give both ends of the quiet hours, or none."]
