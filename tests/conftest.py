"""The demonstration as a fixture: the real command in a process of its own, with a database of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Demo:
    """Where a running demonstration answers, and the links that sign people in."""

    site: str
    creators: str
    network: str
    links: dict[str, str]
    var: Path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Start `altavoz demo` in an empty folder; stop it as Ctrl-C does, and see that nothing stays running."""
    with TemporaryDirectory(prefix="altavoz-journey-", dir=_home()) as folder, _database() as database:
        environment = os.environ | {"ALTAVOZ_VAR": folder, "PYTHONUNBUFFERED": "1"} | database
        port = _three_free_ports()
        command = [sys.executable, "-m", "altavoz.config.cli", "demo", "--port", str(port)]
        with subprocess.Popen(  # noqa: S603  our own program
            command, env=environment, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as program:
            try:
                yield _greeting(program, port, Path(folder) / "demo")
            finally:
                program.send_signal(signal.SIGINT)
                program.wait(30)
        assert not any(_answers(port + offset) for offset in range(3))


def _home() -> Path:
    """Return a folder that an unprivileged database may live in, on the disk of the project."""
    home = _ROOT / "var"
    home.mkdir(exist_ok=True)
    return home


class _database:  # noqa: N801  read as a function
    """A database of its own on the server that DATABASE_URL names; nothing where the demo starts one itself."""

    def __enter__(self) -> dict[str, str]:
        self._url = (
            os.environ.get("DATABASE_URL", "") if os.environ.get("ALTAVOZ_JOURNEY_EMBEDDED") is None else ""
        )
        if not self._url:
            return {}
        self._name = f"journey_{os.getpid()}"
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self._name}"')
        head, question, options = self._url.partition("?")
        return {"DATABASE_URL": f"{head.rpartition('/')[0]}/{self._name}{question}{options}"}

    def __exit__(self, *_: object) -> None:
        if self._url:
            with psycopg.connect(self._url, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')


def _three_free_ports() -> int:
    for first in range(18_000, 28_000, 10):
        if not any(_answers(first + offset) for offset in range(3)):
            return first
    raise RuntimeError("no three free ports in a row")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _greeting(program: "subprocess.Popen[str]", port: int, var: Path) -> Demo:
    """Read what the demo says until it is ready; a demo that never is ends after four minutes."""
    timer = threading.Timer(240, program.kill)
    timer.start()
    said, links = [], {}
    assert program.stdout is not None
    for line in program.stdout:
        said.append(line)
        if match := re.fullmatch(r"\s+(\S.*?)\s{2,}(http\S+/demo/sign-in/\S+)\s*", line):
            links[match[1]] = match[2]
        if "Ctrl-C" in line:
            timer.cancel()
            return Demo(
                f"http://localhost:{port}",
                f"http://127.0.0.1:{port + 1}",
                f"http://127.0.0.1:{port + 2}",
                links,
                var,
            )
    raise AssertionError("the demo did not start:\n" + "".join(said))
