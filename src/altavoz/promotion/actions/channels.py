"""Connecting, pausing and disconnecting channels."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from altavoz.core import events
from altavoz.core.languages import base, normalise
from altavoz.core.ledger import actions as ledger
from altavoz.people.models import Account
from altavoz.promotion import vault
from altavoz.promotion.channels.contract import Limits, Probe
from altavoz.promotion.events import ChannelPaused
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.policies import require
from altavoz.promotion.states import Approval, BadStepError, ChannelState, PostState


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often a channel speaks, when it is quiet, how long works wait, how far ahead is planned, who approves."""

    slots_per_day: int = 4
    ahead: int = 8
    hold_minutes: int = 30
    quiet_from: time | None = None
    quiet_until: time | None = None
    time_zone: str = "UTC"
    approval: str = Approval.AUTOMATIC


@transaction.atomic
def connect_channel(
    *,
    network: str,
    address: str,
    credentials: Mapping[str, str],
    probe: Probe,
    languages: Sequence[str],
    rhythm: Rhythm,
    by: Account | None,
    at: datetime,
) -> Channel:
    """Connect an account that `probe` has shown to be ours; planning begins with the next minute.

    In order: the credentials are sealed, the channel stored, the ledger written. An account that was given up before
    goes on where it stopped: what was posted there is not posted again, and what was left behind is taken back.
    Raises PermissionDenied, and IntegrityError where the account is connected already.
    """
    tags = sorted({base(normalise(language)) for language in languages})
    require(by, "promotion.connect_channel", tags)
    old, channel = _same_account(network, address, probe.handle)
    values = asdict(rhythm) | _described(credentials, probe) | {"languages": tags}
    for name, value in (values | {"connected_by": by, "connected_at": at}).items():
        setattr(channel, name, value)
    channel.save()
    if old:
        _take_up(channel, at)
    _write("promotion.channel_connected", channel, by=by, at=at)
    return channel


def _same_account(network: str, address: str, handle: str) -> tuple[bool, Channel]:
    """Return the channel of an account that was given up (True), or a new one (False)."""
    account = {"network": network, "address": address, "handle": handle}
    old = Channel.objects.select_for_update().filter(**account, state=ChannelState.DISCONNECTED).first()
    return old is not None, old or Channel(**account)


def _described(credentials: Mapping[str, str], probe: Probe) -> dict[str, object]:
    return {
        "credentials": vault.seal(credentials),
        "options": dict(probe.options),
        "characters": probe.limits.characters,
        "link_characters": probe.limits.link,
        "state": ChannelState.ACTIVE,
        "trouble": "",
        "auth_failures": 0,
    }


def _take_up(channel: Channel, at: datetime) -> None:
    """Go on with what could not be done while the account was given up; the sweep of each minute finds it."""
    channel.posts.filter(state=PostState.LEFT_BEHIND).update(state=PostState.WITHDRAWING, next_at=at, tries=0)
    channel.posts.filter(state=PostState.UNKNOWN).update(next_at=at, tries=0)


@transaction.atomic
def set_rhythm(*, channel_id: int, rhythm: Rhythm, by: Account | None, at: datetime) -> Channel:
    """Change how often and when a channel speaks; what is planned keeps its time. Raises PermissionDenied."""
    channel = _locked(channel_id, by)
    changes = asdict(rhythm)
    for name, value in changes.items():
        setattr(channel, name, value)
    channel.save(update_fields=list(changes))
    _write("promotion.channel_changed", channel, by=by, at=at)
    return channel


@transaction.atomic
def pause_channel(*, channel_id: int, by: Account | None, at: datetime) -> Channel:
    """Send nothing more through the channel until it is resumed; withdrawals still go through.

    Raises PermissionDenied, and BadStepError for a channel that is not active.
    """
    channel = _locked(channel_id, by)
    _require_state(channel, ChannelState.ACTIVE)
    return _pause(channel, trouble="", by=by, at=at)


def pause_for_trouble(channel: Channel, *, trouble: str, at: datetime) -> None:
    """Pause a locked channel because the network does not let us in any more; its team hears of it by the fact."""
    _pause(channel, trouble=trouble, by=None, at=at)


def _pause(channel: Channel, *, trouble: str, by: Account | None, at: datetime) -> Channel:
    channel.state, channel.trouble = ChannelState.PAUSED, trouble
    channel.save(update_fields=["state", "trouble"])
    events.record(ChannelPaused(subject=channel.subject, trouble=trouble), at=at)
    _write("promotion.channel_paused", channel, by=by, at=at)
    return channel


@transaction.atomic
def resume_channel(
    *,
    channel_id: int,
    by: Account | None,
    at: datetime,
    credentials: Mapping[str, str] | None = None,
    probe: Probe | None = None,
) -> Channel:
    """Let a paused channel go on, with new credentials where given (`probe` then shows that they are ours).

    Afterwards posts that wait are due again, and what is late moves to coming slots. Raises PermissionDenied,
    BadStepError for a channel that is not paused, ValueError where the credentials lead to another account.
    """
    channel = _locked(channel_id, by)
    _require_state(channel, ChannelState.PAUSED)
    if probe and probe.handle != channel.handle:
        raise ValueError(probe.handle)
    if credentials:
        channel.credentials = vault.seal(credentials)
    channel.state, channel.trouble, channel.auth_failures = ChannelState.ACTIVE, "", 0
    channel.save(update_fields=["state", "trouble", "auth_failures", "credentials"])
    waiting = channel.posts.filter(next_at__isnull=False)
    waiting.filter(state=PostState.APPROVED).update(next_at=Greatest("due_at", at))
    waiting.exclude(state__in=[PostState.APPROVED, PostState.SENDING]).update(next_at=at)
    _write("promotion.channel_resumed", channel, by=by, at=at)
    return channel


@transaction.atomic
def disconnect_channel(*, channel_id: int, by: Account | None, at: datetime) -> Channel:
    """Give the account up: its credentials are deleted, and what was not sent yet will not be.

    Posts that are out there stay; later withdrawals of them are listed as left behind. Raises PermissionDenied,
    and BadStepError for a channel that was disconnected before.
    """
    channel = _locked(channel_id, by)
    _require_state(channel, ChannelState.ACTIVE, ChannelState.PAUSED)
    channel.state, channel.credentials, channel.options = ChannelState.DISCONNECTED, "", {}
    channel.save(update_fields=["state", "credentials", "options"])
    unsent = Q(state__in=[PostState.PLANNED, PostState.APPROVED])
    Post.objects.filter(unsent, channel=channel).update(state=PostState.WITHDRAWN, next_at=None)
    _write("promotion.channel_disconnected", channel, by=by, at=at)
    return channel


@transaction.atomic
def note_limits(*, channel_id: int, limits: Limits) -> None:
    """Remember what the network allows now."""
    Channel.objects.filter(pk=channel_id).update(
        characters=limits.characters, link_characters=limits.link
    )  # fmt: skip


@transaction.atomic
def reseal_credentials() -> int:
    """Put the credentials of every channel under the newest key; return how many. Raises vault.SealBrokenError."""
    channels = Channel.objects.select_for_update().exclude(credentials="").order_by("pk")
    for channel in channels:
        channel.credentials = vault.reseal(channel.credentials)
        channel.save(update_fields=["credentials"])
    return len(channels)


def _locked(channel_id: int, by: Account | None) -> Channel:
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    require(by, "promotion.change_channel", channel)
    return channel


def _require_state(channel: Channel, *allowed: ChannelState) -> None:
    if channel.state not in allowed:
        raise BadStepError(channel.state)


def _write(type_: str, channel: Channel, *, by: Account | None, at: datetime) -> None:
    ledger.append(
        type_,
        subject=channel.subject,
        by=by.pk if by else None,
        public={"network": channel.network, "handle": channel.handle, "languages": channel.languages},
        at=at,
    )
