"""The dumps in the file storage: one folder a day, listed by a file that is written last."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "open-data"
_INDEX = "index.json"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, kw_only=True)
class File:
    """One file of a dump; `size` in bytes as it is fetched."""

    name: str
    records: int
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Dump:
    """What was public at one moment."""

    day: str
    made_at: str
    files: tuple[File, ...]


def path(day: str, name: str) -> str:
    """Return where a file of a day is stored."""
    return f"{FOLDER}/{day}/{name}"


def save_index(dump: Dump) -> None:
    """List a dump, all of whose files are stored: from now on it is offered."""
    default_storage.save(path(dump.day, _INDEX), ContentFile(json.dumps(asdict(dump), indent=1).encode()))


def read_index(day: str) -> Dump | None:
    """Return the dump of a day, None where there is none or it is not complete."""
    if not default_storage.exists(path(day, _INDEX)):
        return None
    with default_storage.open(path(day, _INDEX)) as file:
        given = json.load(file)
    return Dump(
        day=given["day"], made_at=given["made_at"], files=tuple(File(**one) for one in given["files"])
    )


def dumps() -> list[Dump]:
    """Return what is offered, newest first."""
    return [dump for day in reversed(_days()) if (dump := read_index(day))]


def _days() -> list[str]:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return sorted(name for name in folders if _DAY.fullmatch(name))


def delete(day: str) -> None:
    """Delete the dump of a day: first its listing, so that nothing half is offered."""
    try:
        _, names = default_storage.listdir(f"{FOLDER}/{day}")
    except FileNotFoundError:
        return
    for name in sorted(names, key=lambda one: one != _INDEX):
        default_storage.delete(path(day, name))
    default_storage.delete(f"{FOLDER}/{day}")


def delete_old(*, at: datetime) -> int:
    """Delete dumps older than ALTAVOZ_DUMP_DAYS, and with them what was taken down since; return how many."""
    limit = at.date() - timedelta(days=settings.ALTAVOZ_DUMP_DAYS)
    old = [day for day in _days() if date.fromisoformat(day) < limit]
    for day in old:
        delete(day)
    return len(old)
