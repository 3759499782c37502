"""One file with everything an instance knows: the database and the media, and the keys only if asked for."""

import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from altavoz.config.processes import ProgramError
from altavoz.core.postgres import binaries
from altavoz.core.postgres.owners import Owner, run

_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
_FOLDERS = ("media", "keys")


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a backup says about itself."""

    at: str
    version: str
    keys: bool


def write(target: Path, *, var: Path, with_keys: bool, at: datetime) -> None:
    """Afterwards `target` holds the database as it was at one moment, and the media.

    Raises ProgramError, and leaves no file, where the target exists or the database cannot be read.
    """
    if target.exists():
        raise ProgramError(f"{target} exists already; a backup overwrites nothing.")
    from importlib.metadata import version

    contents = Contents(at=at.isoformat(timespec="seconds"), version=version("altavoz"), keys=with_keys)
    fresh = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
            dump = Path(folder) / "database.dump"
            _program(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-unlogged-table-data",  # secrets of the day: a backup would outlive them
                f"--file={dump}",
                os.environ["DATABASE_URL"],
            )
            (Path(folder) / "contents.json").write_text(json.dumps(asdict(contents)), encoding="utf-8")
            _pack(fresh, Path(folder), var, _FOLDERS if with_keys else _FOLDERS[:1])
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _pack(fresh: Path, folder: Path, var: Path, folders: tuple[str, ...]) -> None:
    fresh.touch(mode=0o600)
    with tarfile.open(fresh, "w") as tar:
        for name in ("contents.json", "database.dump"):
            tar.add(folder / name, arcname=name)
        for name in folders:
            if (var / name).is_dir():
                tar.add(var / name, arcname=name)


def restore(source: Path, *, var: Path) -> Contents:
    """Afterwards database and media are as they were when `source` was written; return what it said about itself.

    Only into an instance that is empty. Raises ProgramError where it is not, or where the file is no backup.
    """
    _require_empty(var)
    try:
        with tempfile.TemporaryDirectory(dir=var) as folder, tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
            unpacked = Path(folder)
            contents = Contents(**json.loads((unpacked / "contents.json").read_text(encoding="utf-8")))
            dump = unpacked / "database.dump"
            _program(
                "pg_restore",
                "--no-owner",
                "--exit-on-error",
                "--single-transaction",
                f"--dbname={os.environ['DATABASE_URL']}",
                str(dump),
            )
            _move_folders(unpacked, var)
    except (tarfile.TarError, KeyError, TypeError, ValueError, FileNotFoundError) as error:
        raise ProgramError(
            f"{source} is not a whole backup written by `altavoz backup` ({error})."
        ) from error
    return contents


def _require_empty(var: Path) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        (tables,) = connection.execute(_TABLES).fetchone() or (0,)
    if tables or any((var / "media").glob("*")):
        raise ProgramError(
            "This instance is not empty, and a restore never mixes. Give it an empty database, or a fresh "
            "folder: ALTAVOZ_VAR=/another/folder altavoz restore FILE"
        )


def _move_folders(unpacked: Path, var: Path) -> None:
    for name in _FOLDERS:
        if (unpacked / name).is_dir():
            shutil.rmtree(var / name, ignore_errors=True)
            shutil.move(unpacked / name, var / name)


def _program(name: str, *arguments: str) -> None:
    ourselves = Owner(uid=os.geteuid(), gid=os.getegid(), switch=False)
    code, said = run([binaries.find(ourselves).program(name), *arguments], ourselves, timeout_s=24 * 3600)
    if code:
        raise ProgramError(f"{name} failed. It said:\n{said.strip()}")
