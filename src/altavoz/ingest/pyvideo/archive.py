"""Reads the files of a catalogue out of a folder, tar or zip; nothing is unpacked to the disk."""

import json
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path

from django.utils.translation import gettext as _

from altavoz.ingest.pyvideo.findings import Finding

#: The largest real record has 40 kB, the whole catalogue 24 MB.
MAX_FILE = 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_FILES = 200_000
_RECORD = re.compile(r"(?:[^/]+/)?([^/]+)/videos/([^/]+)\.json")
_CATEGORY = re.compile(r"(?:[^/]+/)?([^/]+)/category\.json")
_NO_PUBLISH = re.compile(r"(?:[^/]+/)?NO_PUBLISH\.json")
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    LZMAError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
)


class BadArchiveError(ValueError):
    """The archive as a whole cannot or must not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A name in an archive with its content, or why that is not read."""

    name: str
    body: bytes = b""
    refused: str = ""


@dataclass(slots=True)
class Catalogue:
    """All that the import needs of the files."""

    records: dict[str, bytes] = field(default_factory=dict)  # by "category/slug"
    categories: dict[str, bytes] = field(default_factory=dict)
    no_publish: frozenset[int] = frozenset()
    findings: list[Finding] = field(default_factory=list)


def read(path: Path) -> Catalogue:
    """Return the catalogue at the path; raises BadArchiveError for what is no catalogue, or a bomb."""
    found = Catalogue()
    try:
        for member in _members(path):
            _take(member, found)
    except _BROKEN as problem:
        raise BadArchiveError(
            _("%(path)s cannot be read: %(problem)s") % {"path": path, "problem": problem}
        ) from problem
    if not found.records:
        raise BadArchiveError(_("%(path)s holds no records of a catalogue.") % {"path": path})
    return found


def _members(path: Path) -> Iterator[Member]:
    if path.is_dir():
        return _bounded(_folder(path))
    if zipfile.is_zipfile(path):
        return _bounded(_zip(path))
    return _bounded(_tar(path))


def _bounded(members: Iterator[tuple[str, int, Member]]) -> Iterator[Member]:
    total = 0
    for count, (name, size, member) in enumerate(members, start=1):
        total += size
        if total > MAX_TOTAL or count > MAX_FILES:
            raise BadArchiveError(
                _("The archive unpacks to more than a catalogue can be; stopped at %(name)s.")
                % {"name": name}
            )
        yield member


def _folder(path: Path) -> Iterator[tuple[str, int, Member]]:
    for folder, folders, names in os.walk(path, followlinks=False):
        folders.sort()
        for each in [name for name in folders if (Path(folder) / name).is_symlink()]:
            name = str((Path(folder) / each).relative_to(path))
            yield name, 0, Member(name, refused="link")
        for each in sorted(names):
            file = Path(folder) / each
            name = file.relative_to(path).as_posix()
            if file.is_symlink() or not file.is_file():
                yield name, 0, Member(name, refused="link")
            elif not _is_wanted(name):
                yield name, 0, Member(name)
            else:
                size = file.stat().st_size
                yield name, min(size, MAX_FILE), _sized(name, size) or Member(name, file.read_bytes())


def _tar(path: Path) -> Iterator[tuple[str, int, Member]]:
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
            if not info.isfile():
                yield name, 0, Member(name, refused="link")
            elif not _is_safe(name) or not _is_wanted(name) or info.size > MAX_FILE:
                # Counted before it is passed over: passing over means unpacking.
                yield name, info.size, _unsafe(name) or _sized(name, info.size) or Member(name)
            else:
                content = archive.extractfile(info)
                yield name, info.size, Member(name, content.read() if content else b"")


def _zip(path: Path) -> Iterator[tuple[str, int, Member]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename
            if info.is_dir():
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield name, 0, Member(name, refused="link")
            elif not _is_safe(name) or not _is_wanted(name):
                yield name, 0, _unsafe(name) or Member(name)
            else:
                # The size in the directory may lie; what is read may not be more than a file may have.
                with archive.open(info) as content:
                    body = content.read(MAX_FILE + 1)
                yield name, len(body), _sized(name, len(body)) or Member(name, body)


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return not name.startswith("/") and ".." not in parts and "\\" not in name and name.isprintable()


def _unsafe(name: str) -> Member | None:
    return None if _is_safe(name) else Member(ascii(name)[1:-1], refused="unsafe_path")


def _sized(name: str, size: int) -> Member | None:
    return Member(name, refused="too_large") if size > MAX_FILE and _is_wanted(name) else None


def _is_wanted(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (_RECORD, _CATEGORY, _NO_PUBLISH))


def _take(member: Member, found: Catalogue) -> None:
    name = member.name
    if member.refused:
        found.findings.append(Finding(member.refused, name))
    elif record := _RECORD.fullmatch(name):
        found.records[f"{record[1]}/{record[2]}"] = member.body
    elif category := _CATEGORY.fullmatch(name):
        found.categories[category[1]] = member.body
    elif _NO_PUBLISH.fullmatch(name):
        found.no_publish = _ids(member.body)


def _ids(body: bytes) -> frozenset[int]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as problem:
        # Going on without this list would publish what its owners asked us not to.
        raise BadArchiveError(
            _("NO_PUBLISH.json cannot be read: %(problem)s") % {"problem": problem}
        ) from problem
    return (
        frozenset(each for each in told if isinstance(each, int)) if isinstance(told, list) else frozenset()
    )
