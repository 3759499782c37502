"""How fast sources are polled (beside lemon24/reader), a catalogue imported, and a push put in the queue."""

import hashlib
import hmac
import os
import resource
import secrets
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from bench import feeds, stage

SOURCES = 2_000
CHANGED = 0.3
PUSHES = 100
CATALOGUE = Path("../shared/data/pyvideo.tar.xz")


def measure() -> dict[str, Any]:
    """Return the figures of docs/benchmarks.md under "Ingest"."""
    port = stage.free_port()
    os.environ["ALTAVOZ_FETCH_ALLOW"] = f"127.0.0.0/8:{port}"
    figures: dict[str, Any] = {}
    with stage.database("bench_ingest"):
        figures |= _polling(port)
    with stage.database("bench_import"):
        figures |= _importing()
        figures |= _pushing()
    return figures


def _polling(port: int) -> dict[str, float]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for number in range(SOURCES):
            feeds.write(folder, number, 0)
        with stage.nginx(folder, port=port):
            urls = feeds.urls(port, SOURCES)
            theirs = _Reader(folder / "reader.sqlite", urls)
            _add(urls)
            _poll_all()
            theirs.update()
            for number in range(int(SOURCES * CHANGED)):
                feeds.write(folder, number, 1)
            ours_s, theirs_s = _poll_all(), theirs.update()
    return {
        "sources_per_s": round(SOURCES / ours_s, 1),
        "reader_sources_per_s": round(SOURCES / theirs_s, 1),
        "ratio": round(theirs_s / ours_s, 2),
    }


class _Reader:
    """The peer: https://github.com/lemon24/reader, with as many workers as serve it best here."""

    def __init__(self, path: Path, urls: list[str]) -> None:
        import reader

        self._reader = reader.make_reader(str(path))
        for url in urls:
            self._reader.add_feed(url)

    def update(self) -> float:
        """Update every feed; return the seconds it took."""
        began = time.perf_counter()
        self._reader.update_feeds(scheduled=False, workers=os.cpu_count() or 1)
        return time.perf_counter() - began


def _add(urls: list[str]) -> None:
    from altavoz.ingest.models import Source

    at = datetime.now(UTC)
    Source.objects.bulk_create(
        Source(
            kind="feed", address=url, feed_url=url, owner="showcase.creator:1", added_at=at, next_poll_at=at
        )
        for url in urls
    )


def _poll_all() -> float:
    from altavoz.ingest.models import Source
    from altavoz.ingest.visiting import poll_due

    at = datetime.now(UTC)
    Source.objects.update(next_poll_at=at)
    began = time.perf_counter()
    done = poll_due(at=at, limit=SOURCES)
    took = time.perf_counter() - began
    if (done.sources, done.failed) != (SOURCES, 0):
        raise SystemExit(f"not every source was polled: {done}")
    return took


def _importing() -> dict[str, float]:
    if not CATALOGUE.exists():
        return {"import_s": -1, "reimport_s": -1, "reimport_writes": -1, "import_peak_mb": -1}
    first = _import()
    before = _writes()
    second = _import()
    return {
        "import_s": round(first, 1),
        "reimport_s": round(second, 1),
        "reimport_writes": _writes() - before,
        "import_peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def _import() -> float:
    """Import the catalogue and let a worker do all that follows from it; return the seconds of both."""
    began = time.perf_counter()
    for command in (
        stage.altavoz("import", "pyvideo", str(CATALOGUE)),
        [sys.executable, "-m", "bench.oneshot"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own programs
    return time.perf_counter() - began


def _writes() -> int:
    """Return how many rows the server has written so far, in every table but the queue's."""
    from django.db import connection

    time.sleep(1.5)  # a server process tells its figures a second after its last transaction
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
            " WHERE relname NOT LIKE 'procrastinate%'"
        )
        return int(cursor.fetchone()[0])


def _pushing() -> dict[str, float]:
    port = stage.free_port()
    env = {"ALTAVOZ_URL": f"http://127.0.0.1:{port}"}
    web = stage.altavoz("serve", "--port", str(port), "--workers", "1")
    with stage.process(web, port=port, env=env), stage.process(stage.altavoz("worker"), env=env):
        token, secret = _subscribed()
        waits = sorted(_push(port, token, secret, number) for number in range(PUSHES))
    return {"push_to_queue_p95_s": round(waits[int(PUSHES * 0.95) - 1], 3)}


def _subscribed() -> tuple[str, str]:
    """Return token and secret of a subscription that a hub has verified."""
    from altavoz.ingest.models import Source, Subscription
    from altavoz.showcase.models import Creator

    at = datetime.now(UTC)
    creator = Creator.objects.create(
        name="Bench", slug="bench", name_key="bench", sort_key="bench", created_at=at
    )
    url = "http://127.0.0.1:9/feed.xml"
    source = Source.objects.create(
        kind="feed", address=url, feed_url=url, owner=creator.subject, language="es", added_at=at
    )
    token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    Subscription.objects.create(
        source=source,
        hub_url="http://127.0.0.1:9/hub",
        topic_url=url,
        token=token,
        secret=secret,
        state="verified",
        asked_at=at,
        verified_at=at,
        expires_at=at + timedelta(days=9),
    )
    return token, secret


def _push(port: int, token: str, secret: str, number: int) -> float:
    """Push one new entry; return the seconds until its case stands in the queue."""
    from altavoz.moderation.models import Case
    from altavoz.showcase.models import Publication

    Publication.objects.filter(state="pending", catalogue=None).update(state="draft", submitted=1)
    before = Case.objects.count()
    body = _feed(number).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/atom+xml", "X-Hub-Signature": f"sha256={signature}"}
    began = time.perf_counter()
    with urlopen(Request(f"http://127.0.0.1:{port}/websub/{token}/", data=body, headers=headers), timeout=30):
        pass
    while Case.objects.count() == before:
        if time.perf_counter() - began > 60:  # noqa: PLR2004  seconds
            raise SystemExit("a pushed entry did not reach the queue")
        time.sleep(0.01)
    return time.perf_counter() - began


def _feed(number: int) -> str:
    at = datetime.now(UTC).isoformat()
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><id>urn:push</id><title>Bench</title>'
        f"<updated>{at}</updated><entry><id>urn:push:{number}</id><title>Obra empujada número {number}</title>"
        f'<updated>{at}</updated><published>{at}</published><link href="https://push.example/{number}/"/></entry></feed>'
    )
