"""Accounts are connected, paused, resumed and given up."""

from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from altavoz.core.models import Event
from altavoz.people.models import Account
from altavoz.promotion import actions, deliveries, policies, vault
from altavoz.promotion.actions import Rhythm
from altavoz.promotion.channels.contract import Limits, Probe
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.states import BadStepError
from altavoz.promotion.tests.fixtures import Offer, connect, settle, written

pytestmark = pytest.mark.django_db


def test_connecting_seals_the_credentials_and_writes_the_ledger(channel: Channel) -> None:
    assert "secret" not in channel.credentials
    assert vault.unseal(channel.credentials) == {"token": "secret"}
    told = {"network": "mastodon", "handle": "@altavoz@fake", "languages": ["es"]}
    assert written("promotion.channel_connected") == [(channel.subject, told)]


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
