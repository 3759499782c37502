"""Looking at a pasted address: asked for, taken on, told step by step, settled, forgotten."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string

from altavoz.core import jobs
from altavoz.ingest.discovery import storing
from altavoz.ingest.discovery.values import Found, NotFound
from altavoz.ingest.models import Discovery
from altavoz.ingest.states import DiscoveryState

#: A finding is kept so long, for somebody who reads slowly.
KEPT = timedelta(hours=2)
#: Who looks has so long; a worker that died is replaced after that.
LEASE = timedelta(seconds=30)
#: Where nothing was found, pressing again looks again, but not for a double click.
_AGAIN = timedelta(seconds=10)
_SETTLED = (DiscoveryState.FOUND.value, DiscoveryState.NOTHING.value)


@transaction.atomic
def ask_discovery(*, address: str, at: datetime) -> Discovery:
    """Return the look at this address, begun now or, if somebody asked for the same lately, theirs.

    Afterwards a job waits where there is something to do. What was found is kept two hours; what was not found is
    looked for again when asked ten seconds later.
    """
    pasted = address.strip()
    row, new = Discovery.objects.select_for_update().get_or_create(
        address_key=sha256(pasted.encode("utf-8", "surrogatepass")).hexdigest(),
        defaults={
            "address": pasted,
            "token": get_random_string(20),
            "asked_at": at,
            "expires_at": at + KEPT,
        },
    )
    if not new and _is_over(row, at):
        _begin_anew(row, at)
        new = True
    if new:
        _queue(row)
    return row


def _is_over(row: Discovery, at: datetime) -> bool:
    failed = (
        row.state == DiscoveryState.NOTHING and row.settled_at is not None and row.settled_at + _AGAIN <= at
    )
    return row.expires_at <= at or failed


def _begin_anew(row: Discovery, at: datetime) -> None:
    row.state, row.step, row.code, row.found = DiscoveryState.WAITING.value, "", "", None
    row.asked_at, row.expires_at, row.settled_at, row.lease_until = at, at + KEPT, None, None
    row.save(
        update_fields=[
            "state",
            "step",
            "code",
            "found",
            "asked_at",
            "expires_at",
            "settled_at",
            "lease_until",
        ]
    )


def _queue(row: Discovery) -> None:
    from altavoz.ingest import tasks

    jobs.defer_once(tasks.discover, f"ingest.discover:{row.pk}", discovery_id=row.pk)


@transaction.atomic
def revive_discovery(*, discovery: Discovery, at: datetime) -> bool:
    """Queue a look again whose worker died or whose job was lost; return whether that was so."""
    row = Discovery.objects.select_for_update().filter(pk=discovery.pk).exclude(state__in=_SETTLED).first()
    if row is None or (row.lease_until or row.asked_at + LEASE) > at:
        return False
    row.lease_until = at + LEASE
    row.state = DiscoveryState.WAITING.value
    row.save(update_fields=["lease_until", "state"])
    _queue(row)
    return True


def claim_discovery(*, discovery_id: int, at: datetime) -> Discovery | None:
    """Take a look on for half a minute; None where somebody else has it, or it is settled or forgotten."""
    free = Q(state=DiscoveryState.WAITING.value) | Q(state=DiscoveryState.LOOKING.value, lease_until__lte=at)
    taken = Discovery.objects.filter(free, pk=discovery_id).update(
        state=DiscoveryState.LOOKING.value, lease_until=at + LEASE
    )
    return Discovery.objects.get(pk=discovery_id) if taken else None


def tell_step(*, discovery: Discovery, step: str) -> None:
    """Say what is being done now."""
    Discovery.objects.filter(pk=discovery.pk, state=DiscoveryState.LOOKING.value).update(step=step)


def settle_discovery(*, discovery: Discovery, result: Found | NotFound, at: datetime) -> bool:
    """Keep what was found, or why nothing was; False where that was settled by somebody else."""
    found = isinstance(result, Found)
    settled = (
        Discovery.objects.filter(pk=discovery.pk)
        .exclude(state__in=_SETTLED)
        .update(
            state=(DiscoveryState.FOUND if found else DiscoveryState.NOTHING).value,
            found=storing.to_json(result) if isinstance(result, Found) else None,
            code="" if isinstance(result, Found) else result.code,
            settled_at=at,
            lease_until=None,
        )
    )
    return bool(settled)


def forget_discoveries(*, at: datetime) -> int:
    """Delete what nobody confirmed in time; return how many rows."""
    return Discovery.objects.filter(expires_at__lte=at).delete()[0]
