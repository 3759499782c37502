"""Which process is the server of a data folder: read from postmaster.pid and never believed without a look."""

import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from altavoz.core.postgres.layout import Layout, socket_in

_PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What postmaster.pid says."""

    pid: int
    socket_folder: Path | None
    ready: bool


def recorded(layout: Layout) -> Recorded | None:
    """Return what postmaster.pid says; None where it is missing or unreadable as such."""
    try:
        lines = (layout.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    _, _, _, _, folder, _, _, status, *_ = [line.strip() for line in lines] + [""] * 8
    return Recorded(pid=pid, socket_folder=Path(folder) if folder else None, ready=status == "ready")


def alive(layout: Layout) -> Recorded | None:
    """Return the living server of `layout`: its process is really ours, or its socket answers."""
    found = recorded(layout)
    if found is None:
        return None
    return found if answering(found) or is_ours(found.pid, layout.data) else None


def answering(found: Recorded) -> bool:
    """Tell whether a server listens on the recorded socket (it may live in another container)."""
    return found.socket_folder is not None and answers(found.socket_folder)


def is_dying(pid: int) -> bool:
    """Tell whether `pid` has ended and only its number is still taken."""
    return exists(pid) and not _command_of(pid)


def exists(pid: int) -> bool:
    """Tell whether the number is taken by any process, also one of another user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_ours(pid: int, data: Path) -> bool:
    """Tell whether process `pid` is `postgres -D data`, and not somebody who got the number later."""
    words = _command_of(pid)
    if not words or Path(words[0]).name != "postgres" or "-D" not in words[:-1]:
        return False
    return Path(words[words.index("-D") + 1]) == data


def answers(folder: Path) -> bool:
    """Tell whether a server listens on the socket in `folder`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(socket_in(folder)))
        except OSError:
            return False
    return True


def left_behind(data: Path) -> list[int]:
    """Return the server processes that still work in `data` after their postmaster was killed."""
    found = []
    for entry in _PROC.glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or of another user
    return found


def _command_of(pid: int) -> list[str]:
    if _PROC.is_dir():
        try:
            raw = (_PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return []
        return [os.fsdecode(word) for word in raw.split(b"\0") if word]
    return _command_by_ps(pid)  # pragma: no cover - systems without /proc (macOS)


def _command_by_ps(pid: int) -> list[str]:
    done = subprocess.run(  # noqa: S603
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    program, _, rest = done.stdout.strip().partition(" -D ")
    # ps joins words by spaces; our only option before the folder is -D and the next one after it is -c.
    return [program, "-D", rest.partition(" -c ")[0].strip('"')] if rest else done.stdout.split()
