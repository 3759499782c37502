"""Brings the invented community to life through the same actions that real people use."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.db import connection, transaction

from altavoz.config.demo import casting, reaching, reviewing, translating
from altavoz.config.demo.community_files import Channel, channels
from altavoz.ingest import actions as ingest
from altavoz.ingest import pyvideo
from altavoz.ingest.discovery import Found, discover
from altavoz.ingest.models import Source
from altavoz.ingest.states import ProofMethod
from altavoz.ingest.visiting import poll_source
from altavoz.ingest.visiting.proofs import DnsResolver, check_proof
from altavoz.people.models import Account
from altavoz.showcase import actions as showcase

_TALKS = Path(__file__).parent / "community" / "catalogue"
_PATIENCE_S = 60


class NotReadyError(RuntimeError):
    """The worker did not do in time what was asked of it."""


def load(at: datetime) -> list[str]:
    """See `altavoz.config.demo.load`; a second run finds everything there and only makes new links."""
    cast = casting.assemble(at=at)
    if not Source.objects.exists():
        _populate(cast, at)
    return casting.links(cast, at=at)


def _populate(cast: dict[str, Account], at: datetime) -> None:
    earlier = at - timedelta(hours=6)
    owned: list[Channel] = []
    others: list[Channel] = []
    for channel in channels():
        if not channel.unadded:
            (owned if casting.owner_of(channel.slug, cast) else others).append(channel)
    for channel in owned:
        _add(channel, cast, earlier)
    _let_the_worker_finish()
    reviewing.review(
        cast, at=earlier + timedelta(minutes=30), left={}
    )  # so that its owner has decisions to read
    _let_the_worker_finish()
    for words in translating.CHECKED:
        translating.offer(words, cast, at=earlier + timedelta(minutes=40))
    reviewing.review(cast, at=earlier + timedelta(minutes=50), left={})
    for channel in others:
        _add(channel, cast, earlier)
    pyvideo.import_pyvideo(_TALKS, by=None, at=earlier)
    _let_the_worker_finish()
    reviewing.adopt_talks(cast, at=at - timedelta(hours=5))
    reviewing.review(cast, at=at - timedelta(hours=4), left=reviewing.LEFT)
    _let_the_worker_finish()
    translating.offer(translating.WAITING, cast, at=at - timedelta(hours=1))
    reviewing.connect_networks(cast, at=at, port=_port() + 2)
    _let_the_worker_finish()
    reaching.invent(at)


def _port() -> int:
    return int(os.environ.get("ALTAVOZ_DEMO_PORT", "8000"))


def _add(channel: Channel, cast: dict[str, Account], at: datetime) -> None:
    """Add a channel, and the courses and live streams that have a page of their own."""
    base = f"http://127.0.0.1:{_port() + 1}/{channel.slug}/"
    creator, source = showcase.add_channel(found=_found(base), name=channel.creator, by=None, at=at)
    ingest.set_language(source=source, language=channel.language, by=None, at=at)
    poll_source(source.pk, at=at)
    for work in channel.works:
        if work.kind:
            page = _found(f"{base}{work.slug}/")
            _, single = showcase.add_channel(found=page, creator=creator, by=None, at=at)
            poll_source(single.pk, at=at)
    owner = casting.owner_of(channel.slug, cast)
    if owner is not None:
        _prove(source, owner, base, at)


def _found(address: str) -> Found:
    found = discover(address)
    if not isinstance(found, Found):
        raise NotReadyError(f"{address}: {found.reason}")
    return found


def _prove(source: Source, owner: Account, base: str, at: datetime) -> None:
    """Put the token on the channel's page, as its owner would, and have it looked at."""
    proof = ingest.start_proof(source=source, account=owner, method=ProofMethod.TOKEN, at=at)
    body = urlencode({"what": "token", "token": proof.token}).encode()
    with urlopen(Request(f"{base}press", data=body), timeout=10):  # noqa: S310  the demo's own server
        pass
    check_proof(proof, at=at, resolver=DnsResolver())


def _let_the_worker_finish() -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while _unfinished():
        if time.monotonic() > deadline:
            raise NotReadyError("The worker is not keeping up; look at its log.")
        time.sleep(0.1)


def _unfinished() -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queue_name IN ('handlers', 'bulk')"
            " AND status IN ('todo', 'doing'))"
        )
        row = cursor.fetchone()
    return bool(row and row[0])
