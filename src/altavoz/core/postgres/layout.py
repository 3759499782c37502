"""Where everything of one embedded server lies under `var`."""

import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from altavoz.core.postgres import binaries
from altavoz.core.postgres.errors import PostgresError
from altavoz.core.postgres.owners import Owner, make_folder, owner_of, reaches

NAME = "altavoz"
PORT = 5432
#: What the kernel accepts as the name of a socket.
_SOCKET_LIMIT = 107 if sys.platform == "linux" else 103


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The folders of one server.

    `home` is ours and holds the locks. `server` belongs to `owner`; it is a folder in `home`, or a link to a
    place that `owner` can reach.
    """

    home: Path
    server: Path
    owner: Owner
    durable: bool

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.server / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.server / "server.log"

    def version(self) -> int | None:
        """Return the major version that wrote the data, None before there are any."""
        try:
            return int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None


def lay_out(var: Path, *, durable: bool) -> Layout:
    """Return the layout under `var`, its folders made.

    A server that may forget (durable=False) gets folders of its own, so that it never touches kept data.
    Raises PostgresError where a folder cannot be made.
    """
    if set('"$`\\\n') & set(str(var)):
        raise PostgresError(
            f"PostgreSQL's programs do not get along with one of the characters \" $ ` \\ in {var}. "
            "Set ALTAVOZ_VAR to a folder without it."
        )
    home = var.absolute() / ("postgres" if durable else "postgres-fleeting")
    try:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        server = home / "server"
        owner = owner_of(server)
        if not server.exists():
            _make_server(home, server, owner)
        server = server.resolve()
    except OSError as error:
        raise PostgresError(
            f"{home} cannot be used ({error.strerror}). Check who owns it and whether the disk is full, or "
            "set ALTAVOZ_VAR to another folder."
        ) from error
    return Layout(home=home, server=server, owner=owner, durable=durable)


def _make_server(home: Path, server: Path, owner: Owner) -> None:
    if owner.switch and not reaches(owner, home):
        elsewhere = binaries.REACHABLE / _short_hash(home)
        binaries.REACHABLE.mkdir(mode=0o755, parents=True, exist_ok=True)
        make_folder(elsewhere, owner)
        if not reaches(owner, elsewhere):
            raise PostgresError(
                f"PostgreSQL does not run as root, and the user that would run it reaches neither {home} "
                f"nor {elsewhere}. Set ALTAVOZ_VAR to a folder that every user may enter."
            )
        server.symlink_to(elsewhere)
    else:
        make_folder(server, owner)


def socket_folder(layout: Layout) -> Path:
    """Return a folder for the socket that only the owner may enter; in the temporary folder where `var` is deep.

    Raises PostgresError where somebody else sits on every name we try.
    """
    best = layout.server / "run"
    listed = "," in str(best)  # clients take a comma for a list of servers
    if not listed and len(os.fsencode(socket_in(best))) <= _SOCKET_LIMIT:
        make_folder(best, layout.owner)
        return best
    base = Path(tempfile.gettempdir()) / f"altavoz-{_short_hash(layout.server)}"
    for number in range(9):
        folder = base.with_name(f"{base.name}-{number}")
        if _is_private(folder, layout.owner):
            return folder
    raise PostgresError(f"Other users hold {base}-0 to -8. Set ALTAVOZ_VAR to a shorter path.")


def _is_private(folder: Path, owner: Owner) -> bool:
    """Make `folder` if it is not there; tell whether it belongs to `owner` alone and is no link of somebody."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        return (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == owner.uid
            and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
        )
    make_folder(folder, owner)
    return True


def socket_in(folder: Path) -> Path:
    """Return the socket's path in `folder`."""
    return folder / f".s.PGSQL.{PORT}"


def url(folder: Path) -> str:
    """Return the DATABASE_URL of the server whose socket is in `folder`."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(folder), safe='/')}"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
