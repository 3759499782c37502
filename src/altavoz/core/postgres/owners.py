"""Under which user the server runs: ourselves, or an unprivileged user when we are root (PostgreSQL refuses root)."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from altavoz.core.postgres.errors import PostgresError

#: Users that every Unix has for such work, the most fitting first.
_WILLING = ("postgres", "nobody", "daemon")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The user that owns the data; `switch` tells whether we must become that user to run a command."""

    uid: int
    gid: int
    switch: bool


def owner_of(data: Path) -> Owner:
    """Return who runs the server whose data are (or will be) in `data`; data that exist keep their owner."""
    if os.geteuid() != 0:
        return Owner(uid=os.geteuid(), gid=os.getegid(), switch=False)
    if data.exists() and (found := data.stat()).st_uid != 0:
        return Owner(uid=found.st_uid, gid=found.st_gid, switch=True)
    for name in _WILLING:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)
    raise PostgresError(
        "PostgreSQL refuses to run as root and this machine has no user named postgres, nobody or daemon. "
        "Create one (useradd --system postgres), run Altavoz as an ordinary user, or set DATABASE_URL."
    )


def run(
    command: Sequence[str | Path], owner: Owner, *, timeout_s: float = 180, text: str = ""
) -> tuple[int, str]:
    """Run `command` as `owner`; return its exit code and everything it said."""
    become: dict[str, Any] = {}
    if owner.switch:
        become = {"user": owner.uid, "group": owner.gid, "extra_groups": []}
    try:
        done = subprocess.run(  # noqa: S603 - our own PostgreSQL binaries
            [str(part) for part in command],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
            cwd="/",
            env=environment(),
            start_new_session=True,  # Ctrl-C is for us; we decide what it means for the server
            **become,
        )
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout


def environment() -> dict[str, str]:
    """Return our environment for PostgreSQL's programs: English messages, no PG* variable of somebody else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def reaches(owner: Owner, folder: Path) -> bool:
    """Tell whether `owner` may enter `folder`."""
    return run(["/bin/sh", "-c", 'cd "$0"', folder], owner)[0] == 0


def make_folder(path: Path, owner: Owner) -> None:
    """Afterwards `path` exists, belongs to `owner` and is closed to everyone else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if owner.switch:
        os.chown(path, owner.uid, owner.gid)
    path.chmod(0o700)
