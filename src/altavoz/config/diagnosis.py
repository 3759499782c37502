"""What `altavoz doctor` looks at: each point is a finding and, where attention is due, what to do."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection

from altavoz.config import catalogues
from altavoz.core import health, languages
from altavoz.web.og import fonts

_LITTLE_DISK = 2_000_000_000
_LONG_LAG_S = 300
_SILENT_S = 60


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing looked at; with advice it wants attention."""

    title: str
    finding: str
    advice: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is to be done."""
        return not self.advice


def examine(at: datetime) -> list[Point]:
    """Return every point, in the order in which one would repair."""
    looks: tuple[Callable[[datetime], Iterator[Point]], ...] = (
        _place, _database, _jobs, _addresses, _fetching, _secrets, _mail, _languages, _letters, _browser,
    )  # fmt: skip
    return [point for look in looks for point in look(at)]


def _place(_: datetime) -> Iterator[Point]:
    free = shutil.disk_usage(settings.VAR).free
    yield Point(
        title="Disk",
        finding=f"{settings.VAR} has {free / 1e9:.1f} GB free",
        advice="Free some space: PostgreSQL stops when the disk is full." if free < _LITTLE_DISK else "",
    )


def _database(_: datetime) -> Iterator[Point]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
            version, fsync = cursor.fetchone() or ("", "")
        waiting = health.pending_migrations()
    except DatabaseError as error:
        yield Point(title="Database", finding=f"cannot be reached ({error})", advice="Check DATABASE_URL.")
        return
    yield Point(
        title="Database",
        finding=f"PostgreSQL {version}",
        advice="" if fsync == "on" else "Turn fsync on: a power cut could lose everything.",
    )
    yield Point(
        title="Tables",
        finding="up to date" if not waiting else f"{waiting} migrations are to be applied",
        advice="Run `altavoz migrate`." if waiting else "",
    )


def _jobs(_: datetime) -> Iterator[Point]:
    state = health.state()
    if "jobs_due" not in state:
        return
    seen, lag = state["worker_seen_s_ago"], state["oldest_due_s"]
    silent = seen is None or seen > _SILENT_S
    yield Point(
        title="Worker",
        finding="none runs" if silent else f"heard of {seen:.0f} s ago",
        advice="Start one: `altavoz worker`. Without it nothing is fetched, decided upon or posted."
        if silent
        else "",
    )
    yield Point(
        title="Jobs",
        finding=f"{state['jobs_due']} are due, the oldest since {lag:.0f} s",
        advice="Start more workers, or look into their log." if lag > _LONG_LAG_S else "",
    )


def _addresses(_: datetime) -> Iterator[Point]:
    secure = settings.PUBLIC_URL.startswith("https://")
    yield Point(
        title="Public address",
        finding=settings.PUBLIC_URL,
        advice="" if secure or settings.DEMO else "Set ALTAVOZ_URL to the https:// address visitors use.",
    )
    yield Point(title="Hosts", finding=", ".join(settings.ALLOWED_HOSTS))
    yield Point(
        title="Debugging",
        finding="on" if settings.DEBUG else "off",
        advice="Unset ALTAVOZ_DEBUG: error pages show secrets." if settings.DEBUG else "",
    )


def _fetching(_: datetime) -> Iterator[Point]:
    allowed = list(settings.ALTAVOZ_FETCH_ALLOW)
    yield Point(
        title="Private addresses we may fetch",
        finding=", ".join(allowed) or "none",
        advice="ALTAVOZ_FETCH_ALLOW lets strangers make us call these; empty it if nobody needs them."
        if allowed and not settings.DEMO
        else "",
    )


def _secrets(_: datetime) -> Iterator[Point]:
    folder = settings.VAR / "keys"
    if not folder.is_dir():
        yield Point(title="Keys", finding="all come from the environment")
        return
    loose = [
        path.name
        for path in (folder, *folder.iterdir())
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    yield Point(
        title="Keys",
        finding=f"kept in {folder}" if not loose else f"others can read {', '.join(loose)}",
        advice=f"Close it: chmod -R go= {folder}" if loose else "",
    )


def _mail(_: datetime) -> Iterator[Point]:
    real = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and settings.EMAIL_HOST not in {
        "",
        "localhost",
    }
    yield Point(
        title="Mail",
        finding=f"sent through {settings.EMAIL_HOST}" if real else f"not sent ({settings.EMAIL_BACKEND})",
        advice="" if real or settings.DEMO else "Set EMAIL_URL: people sign in with a code sent to them.",
    )


def _languages(_: datetime) -> Iterator[Point]:
    paths = [catalogues.path_of(language).with_suffix(".mo") for language in catalogues.LANGUAGES]
    missing = [path.parent.parent.name for path in paths if not path.exists()]
    yield Point(
        title="Languages",
        finding="all catalogues are compiled" if not missing else f"not compiled: {', '.join(missing)}",
        advice="Run `altavoz catalogues` as the user that owns the program." if missing else "",
    )


def _letters(_: datetime) -> Iterator[Point]:
    unwritten = fonts.unwritten()
    names = ", ".join(f"{languages.name(tag, 'en')} ({tag})" for tag in unwritten)
    yield Point(
        title="Card pictures",
        finding=f"no font writes {names}" if unwritten else "every language can be written",
        advice="Install Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji), or name a "
        "folder of fonts in ALTAVOZ_FONTS. Until then, cards in these languages show waves without words."
        if unwritten
        else "",
    )
    if not fonts.shapes():
        yield Point(
            title="Letters",
            finding="cannot be joined or reordered",
            advice="Use Pillow's own wheel, or build it with raqm.",
        )


def _browser(_: datetime) -> Iterator[Point]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    yield Point(title="Chromium", finding=found or "not found; only the browser tests need it")
