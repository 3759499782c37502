"""Programs run as one: started again when they end, and none is left behind however we end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from altavoz.config import processes
from altavoz.config.processes import Asked, Program, ProgramError, Supervisor, answers, is_free

pytestmark = pytest.mark.processes
SOURCE = Path(__file__).parents[3]

SUPERVISE = """
import sys
from pathlib import Path
from altavoz.config.processes import Asked, Program, Supervisor
asked = Asked()
asked.patient = True
with Supervisor(Path(sys.argv[1])) as supervisor:
    supervisor.start(Program(name="sleep", command=("/bin/sh", "-c", "sleep 300 & echo $$ $!; wait")))
    print("ready", flush=True)
    supervisor.watch(lambda: not asked.ended)
"""


def _python(name: str, code: str, port: int | None = None) -> Program:
    return Program(name=name, command=(sys.executable, "-c", code), port=port, environment={"WHO": name})


def _wait(condition: object, patience_s: float = 10) -> bool:
    assert callable(condition)
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def supervising(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a supervisor of one program, which has a child of its own, in a process of its own."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", SUPERVISE, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    assert _wait(lambda: len(_pids(tmp_path)) == 2)
    yield process
    process.kill()
    process.communicate()


def _pids(logs: Path) -> list[int]:
    return [int(word) for word in (logs / "sleep.log").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_when_we_are_asked_to_end(
    supervising: "subprocess.Popen[str]", tmp_path: Path, number: int
) -> None:
    supervising.send_signal(number)
    assert supervising.wait(10) == 0
    assert all(map(_ended, _pids(tmp_path)))


def test_nothing_is_left_when_we_are_killed(supervising: "subprocess.Popen[str]", tmp_path: Path) -> None:
    supervising.kill()
    supervising.wait()
    assert _wait(lambda: all(map(_ended, _pids(tmp_path))))


def test_programs_get_their_settings_and_a_log_each(tmp_path: Path) -> None:
    with Supervisor(tmp_path / "log") as supervisor:
        supervisor.start(
            _python("one", "import os; print(os.environ['WHO'], flush=True); import time; time.sleep(60)"),
            _python("two", "import time; time.sleep(60)"),
        )
        assert _wait(lambda: supervisor.log("one").read_text() == "one\n")
    assert sorted(path.name for path in (tmp_path / "log").iterdir()) == ["one.log", "two.log"]


def test_ready_is_when_all_answer(tmp_path: Path, free_port: int) -> None:
    serve = (
        f"import http.server as h; h.HTTPServer(('127.0.0.1', {free_port}), h.BaseHTTPRequestHandler)"
        ".serve_forever()"
    )
    program = _python("site", serve, port=free_port)
    assert (answers(free_port), is_free(free_port)) == (False, True)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(program)
        supervisor.wait_ready(program)
        assert (answers(free_port), is_free(free_port)) == (True, False)
    assert not answers(free_port)


def test_program_that_ends_while_starting(tmp_path: Path, free_port: int) -> None:
    program = _python("site", "raise SystemExit('no such table')", port=free_port)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(program)
        with pytest.raises(ProgramError, match=r"(?s)site ended while starting.*site\.log.*no such table"):
            supervisor.wait_ready(program)


def test_program_that_stays_silent(tmp_path: Path, free_port: int) -> None:
    program = _python("site", "import time; time.sleep(60)", port=free_port)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(program)
        with pytest.raises(ProgramError, match=f"did not answer on port {free_port} in time"):
            supervisor.wait_ready(program, patience_s=0.2)


def test_what_ends_is_started_again(tmp_path: Path) -> None:
    started = tmp_path / "started"
    code = (
        f"import time; from pathlib import Path; path = Path({str(started)!r})\n"
        "with path.open('a') as file: file.write('x')\n"
        "time.sleep(0 if path.read_text() == 'x' else 60)"
    )
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(_python("shaky", code))
        supervisor.watch(lambda: not (started.exists() and started.read_text() == "xx"))


def test_what_ends_again_and_again_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_TRIES", 2)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(_python("broken", "raise SystemExit('out of luck')"))
        with pytest.raises(ProgramError, match=r"(?s)broken ended 2 times within a minute.*out of luck"):
            supervisor.watch(lambda: True)


def test_what_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_PATIENCE_S", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True); time.sleep(60)"
    )
    before = time.monotonic()
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(_python("deaf", deaf))
        assert _wait(lambda: supervisor.log("deaf").read_text() == "deaf\n")
    assert time.monotonic() - before < 10


def test_second_ctrl_c_is_an_order() -> None:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        asked = Asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        asked = Asked()
        asked.patient = True
        os.kill(os.getpid(), signal.SIGINT)
        assert asked.ended
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
