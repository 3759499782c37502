"""Each thing the doctor looks at, well and ill."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django.fixtures import Settings

from altavoz.config import catalogues, diagnosis
from altavoz.config.diagnosis import Point
from altavoz.web.og import fonts

Look = Callable[[datetime], Iterator[Point]]


def _ask(look: Look, at: datetime) -> dict[str, tuple[str, bool]]:
    return {point.title: (point.finding, point.good) for point in look(at)}


@pytest.mark.django_db
def test_every_point_is_looked_at(at: datetime) -> None:
    titles = [point.title for point in diagnosis.examine(at)]
    assert titles == [
        "Disk", "Database", "Tables", "Worker", "Jobs", "Public address", "Hosts", "Debugging",
        "Private addresses we may fetch", "Keys", "Mail", "Languages", "Card pictures", "Chromium",
    ]  # fmt: skip


def test_little_disk(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "_LITTLE_DISK", 10**18)
    assert not _ask(diagnosis._place, at)["Disk"][1]


@pytest.mark.django_db(transaction=True)
def test_database_out_of_reach(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connections["default"].settings_dict, "NAME", "no_such_database")
        found = _ask(diagnosis._database, at)
        jobs = _ask(diagnosis._jobs, at)
        connections["default"].close()
    assert (list(found), found["Database"][1], jobs) == (["Database"], False, {})
    connections["default"].close()


@pytest.mark.django_db
def test_worker_that_works(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert _ask(diagnosis._jobs, at)["Worker"] == ("heard of 0 s ago", True)


def test_settings_of_a_real_site(at: datetime, settings: Settings) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://altavoz.example", ["altavoz.example"]
    settings.DEBUG = False
    assert _ask(diagnosis._addresses, at) == {
        "Public address": ("https://altavoz.example", True),
        "Hosts": ("altavoz.example", True),
        "Debugging": ("off", True),
    }
    settings.DEBUG, settings.PUBLIC_URL, settings.DEMO = True, "http://altavoz.example", False
    found = _ask(diagnosis._addresses, at)
    assert (found["Public address"][1], found["Debugging"]) == (False, ("on", False))


@pytest.mark.parametrize(
    ("allowed", "demo", "expected"),
    [
        ([], False, ("none", True)),
        (["127.0.0.1/32:8001"], False, ("127.0.0.1/32:8001", False)),
        (["127.0.0.1/32:8001"], True, ("127.0.0.1/32:8001", True)),
    ],
)
def test_private_addresses_are_shown(
    at: datetime, settings: Settings, allowed: list[str], *, demo: bool, expected: tuple[str, bool]
) -> None:
    settings.ALTAVOZ_FETCH_ALLOW, settings.DEMO = allowed, demo
    assert _ask(diagnosis._fetching, at) == {"Private addresses we may fetch": expected}


def test_keys_that_others_can_read(at: datetime, settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert _ask(diagnosis._secrets, at) == {"Keys": ("all come from the environment", True)}
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "secret-key").touch(mode=0o600)
    assert _ask(diagnosis._secrets, at) == {"Keys": (f"kept in {keys}", True)}
    (keys / "secret-key").chmod(0o644)
    assert _ask(diagnosis._secrets, at) == {"Keys": ("others can read secret-key", False)}


def test_mail(at: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.DEMO = "mail.example.org", False
    assert _ask(diagnosis._mail, at) == {"Mail": ("sent through mail.example.org", True)}
    settings.EMAIL_HOST = "localhost"
    assert not _ask(diagnosis._mail, at)["Mail"][1]


def test_languages(at: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "path_of", lambda language: tmp_path / language / "LC_MESSAGES/django.po")
    assert _ask(diagnosis._languages, at) == {"Languages": ("not compiled: es, pt_BR, fr, ar, ja", False)}
    for language in catalogues.LANGUAGES:
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / language / "LC_MESSAGES/django.mo").touch()
    assert _ask(diagnosis._languages, at) == {"Languages": ("all catalogues are compiled", True)}


def test_fonts(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("altavoz.web.og.fonts.library", lambda: fonts.Library((), None))
    monkeypatch.setattr("altavoz.web.og.fonts.shapes", lambda: False)
    found = _ask(diagnosis._letters, at)
    words, good = found["Card pictures"]
    assert words.startswith("no font writes Afrikaans (af), Amharic (am), Arabic (ar), ")
    assert (good, found["Letters"]) == (False, ("cannot be joined or reordered", False))
