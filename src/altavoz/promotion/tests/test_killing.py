"""Workers are killed at random moments, really: every post is on the network once, and none is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection as database
from django.utils import timezone

from altavoz.promotion import actions
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.models import Attempt, Candidate, Post
from altavoz.promotion.tests.fixtures import Works, connect

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
KILLS = int(os.environ.get("ALTAVOZ_TEST_KILLS", "30"))
#: Longer than an abandoned call is waited for, so that every worker takes up what the last one left.
STEP_S = 400
#: What the network does to some requests on top of it all.
EVIL = ["accept_then_drop", "accept_then_500", "drop", "error", "accept_then_timeout", "rate_limit"]


class Workers:
    """The process that starts workers, and what we say to it."""

    def __init__(self, talk: IO[str], hear: IO[str]) -> None:
        self.talk = talk
        self.hear = hear

    def run(self, skipped: float, kill_after: float | None = None) -> int:
        """Run a worker in that future; return its exit code, -9 where it was killed before it was done."""
        print(skipped, file=self.talk, flush=True)
        worker = int(self.hear.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        return int(self.hear.readline())


@pytest.fixture
def workers(fake: Server) -> Iterator[Workers]:
    environment = os.environ | {
        "DATABASE_URL": _database_url(),
        "ALTAVOZ_FETCH_ALLOW": f"127.0.0.1/32:{fake.server_address[1]}",
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "altavoz.promotion.tests.worker"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Workers(process.stdin, process.stdout)
        process.stdin.close()
        assert process.wait(10) == 0


def _database_url() -> str:
    """Return where the test's own database is: on the server this process was told of."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return server._replace(path=f"/{database.settings_dict['NAME']}").geturl()


def test_killed_anywhere_nothing_is_sent_twice_or_lost(fake: Server, works: Works, workers: Workers) -> None:
    rng = random.Random(20260314)  # noqa: S311  reproducible, not secret
    fake.world.requests = 1_000_000
    start = timezone.now()
    connect(fake, at=start, slots_per_day=1440, ahead=8)
    skipped, killed, offered = 0, 0, 0
    withdrawn = set[int]()
    while killed < KILLS:
        skipped += STEP_S
        now = start + timedelta(seconds=skipped)
        fake.world.ahead_s = skipped
        fake.world.faults = [Fault(rng.choice(EVIL), seconds=0.1) for _ in range(rng.randrange(4))]
        offered = _offer(works, offered, now)
        if rng.random() < 0.2:
            withdrawn.add(_withdraw(rng.randint(1, offered), now))
        killed += workers.run(skipped, kill_after=rng.uniform(0, 0.3)) == -signal.SIGKILL

    fake.world.faults.clear()
    while _open() and skipped < 10 * KILLS * STEP_S:
        skipped += STEP_S
        fake.world.ahead_s = skipped
        assert workers.run(skipped) == 0
    assert Attempt.objects.filter(trouble="crashed").count() > KILLS / 10
    _check(fake, withdrawn, offered)


def _offer(works: Works, offered: int, now: datetime) -> int:
    """Offer as many works as there are slots until the next worker comes."""
    for pk in range(offered + 1, offered + 7):
        works.titles[pk] = {1: f"Obra {pk}"}
        creator = f"tests.creator:{pk % 5}"
        actions.offer(subject=f"tests.work:{pk}", revision=1, language="es", creator=creator, at=now)
    return offered + 6


def _withdraw(pk: int, now: datetime) -> int:
    actions.withdraw(subject=f"tests.work:{pk}", reason="author", at=now)
    return pk


def _open() -> bool:
    """Tell whether a work still waits, or a post is still on its way out or back."""
    carried = Post.objects.values("subject")
    waits = Candidate.objects.filter(state="offered").exclude(subject__in=carried).exists()
    return waits or Post.objects.exclude(state__in=["sent", "withdrawn"]).exists()


def _check(fake: Server, withdrawn: set[int], offered: int) -> None:
    there = Counter(int(status.text.split()[1]) for status in fake.world.statuses)
    assert there == {pk: 1 for pk in range(1, offered + 1) if pk not in withdrawn}
    states = Counter(Post.objects.values_list("state", flat=True))
    assert states["sent"] == offered - len(withdrawn)
    assert set(states) <= {"sent", "withdrawn"}
    # What was created and deleted again was withdrawn; nothing was created besides.
    assert fake.world.created - fake.world.deleted == offered - len(withdrawn)
    shown = Post.objects.filter(state="withdrawn", sent_at__isnull=False).count()
    assert fake.world.deleted == shown
