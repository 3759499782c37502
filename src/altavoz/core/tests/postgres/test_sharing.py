"""The first user starts the server, the last one stops it, and no crash of anybody changes that."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from altavoz.core.postgres import keeper, postmaster, running
from altavoz.core.postgres.cluster import wait
from altavoz.core.postgres.layout import Layout, lay_out
from altavoz.core.postgres.locks import Lock
from altavoz.core.tests.postgres.conftest import SOURCE, Start, end

pytestmark = pytest.mark.processes


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone() if answer.description else None


def _layout(var: Path) -> Layout:
    return lay_out(var, durable=False)


def _server(var: Path) -> int:
    found = postmaster.alive(_layout(var))
    return found.pid if found else 0


def _keeper(var: Path) -> int:
    """Return the pid of the process that watches over the server."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"altavoz.core.postgres.keeper" in words and os.fsencode(var) in words:
            return int(entry.parent.name)
    return 0


def test_real_use_keeps_what_is_committed_through_a_power_cut(var: Path) -> None:
    with running(var) as url:
        settings = [_ask(url, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "listen_addresses")]
        folding = _ask(url, "SELECT upper('straße'), lower('ÑANDÚ')")
    assert settings == [("on",), ("on",), ("",)]
    assert folding == ("STRASSE", "ñandú")
    assert (var / "postgres/server/data/PG_VERSION").exists()


def test_second_user_joins_and_last_one_stops(var: Path, hold: Start) -> None:
    with running(var, durable=False) as url:
        first = _server(var)
        other = hold(var)
        assert other.stdout
        assert other.stdout.readline().strip() == url
        assert _server(var) == first
    assert _server(var) == first
    end(other)
    assert _server(var) == 0
    assert _keeper(var) == 0


def test_processes_that_start_together_share_one_server(var: Path, hold: Start) -> None:
    together = [hold(var) for _ in range(3)]
    urls = {process.stdout.readline() for process in together if process.stdout}
    assert len(urls) == 1
    assert _server(var)
    for process in together:
        end(process)
    assert _server(var) == 0


def test_server_stops_when_its_only_user_was_killed(var: Path, hold: Start) -> None:
    user = hold(var)
    assert user.stdout
    assert user.stdout.readline()
    user.kill()
    user.wait()
    assert wait(lambda: _server(var) == 0 and _keeper(var) == 0, 10)


def test_killed_server_comes_back_with_its_data(var: Path) -> None:
    with running(var, durable=False) as url:
        _ask(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        before = _server(var)
        os.kill(before, signal.SIGKILL)
        assert wait(lambda: _server(var) not in (0, before), 15)
        assert wait(lambda: (found := postmaster.alive(_layout(var))) is not None and found.ready, 10)
        assert _ask(url, "SELECT answer FROM kept") == (42,)
    assert _server(var) == 0


def test_everything_killed_at_once_recovers_at_the_next_start(var: Path, hold: Start) -> None:
    user = hold(var)
    assert user.stdout
    url = user.stdout.readline().strip()
    _ask(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    for pid in (_keeper(var), user.pid, _server(var)):
        os.kill(pid, signal.SIGKILL)
    user.wait()
    assert wait(lambda: _server(var) == 0, 5)  # a killed process answers until the kernel is done with it
    with running(var, durable=False) as again:
        assert _ask(again, "SELECT answer FROM kept") == (42,)
    assert _server(var) == 0


def test_next_user_brings_a_new_keeper(var: Path) -> None:
    with running(var, durable=False):
        first = _keeper(var)
        os.kill(first, signal.SIGKILL)
        assert wait(lambda: _keeper(var) == 0, 5)
        with running(var, durable=False):
            assert _keeper(var) not in (0, first)


def test_second_keeper_does_nothing(var: Path) -> None:
    with running(var, durable=False):
        first = _keeper(var)
        keeper.main(str(var), "fleeting")
        assert _keeper(var) == first


def test_server_that_should_be_there_for_the_whole_process(var: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from altavoz.core.postgres import ensure\n"
        "print(ensure(Path(sys.argv[1]), durable=False), flush=True)\n"
        "sys.exit(0) if os.fork() == 0 else os.wait()\n"  # a forked child ends without stopping the server
        "import psycopg; print(psycopg.connect(ensure(Path(sys.argv[1]), durable=False)).info.dbname)\n"
    )
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-W", "ignore", "-c", script, str(var)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[1:] == ["altavoz"]
    assert _server(var) == 0


def test_lock_is_given_back_when_the_server_cannot_start(var: Path) -> None:
    layout = _layout(var)
    (layout.data).mkdir()
    (layout.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(RuntimeError, match=r"written by PostgreSQL 9;"), running(var, durable=False):
        pass
    lock = Lock(layout.home / "users.lock")
    assert lock.try_take()
    lock.close()
