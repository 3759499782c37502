"""Folders and processes for the tests of the embedded server."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[4]

HOLD = """
import sys, time
from pathlib import Path
from altavoz.core.postgres import ensure, running
with running(Path(sys.argv[1]), durable=False) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a short-named folder that every user may enter; pytest's own is private and deep."""
    folder = Path(tempfile.mkdtemp(prefix="avz-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def var(open_folder: Path) -> Path:
    return open_folder / "var"


Start = Callable[[Path], "subprocess.Popen[str]"]


@pytest.fixture
def hold() -> Iterator[Start]:
    """Start processes that use the server until their standard input is closed."""
    started: list[subprocess.Popen[str]] = []

    def start(var: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-c", HOLD, str(var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def end(process: "subprocess.Popen[str]") -> None:
    """Let a holding process end by itself."""
    process.communicate(timeout=20)
