"""Runs several programs as one: starts them, watches them, starts them again, and leaves none behind."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Self

#: A program that ends this often within a minute will not get well by being started again.
_TRIES = 5
_MINUTE_S = 60.0
_PATIENCE_S = 15.0
_LOOK_S = 0.5


class ProgramError(RuntimeError):
    """A program cannot run; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program to run: `port` is where it answers once it is ready."""

    name: str
    command: Sequence[str]
    port: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Running:
    program: Program
    process: "subprocess.Popen[bytes]"
    started: list[float]


class Supervisor:
    """Keeps programs running for the length of a `with` block, each in a process group of its own.

    A guard process ends them should this process be killed: it reads a pipe whose other end dies with us.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, _Running] = {}
        self._due: list[tuple[float, Program, list[float]]] = []

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._guard = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, start_new_session=True, cwd="/"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._guard.communicate()

    def start(self, *programs: Program) -> None:
        """Afterwards the programs run; each one's words go to a log of its name, made anew."""
        for program in programs:
            self.log(program.name).unlink(missing_ok=True)
            self._start(program, [])

    def log(self, name: str) -> Path:
        """Return the file with what a program said."""
        return self._logs / f"{name}.log"

    def wait_ready(self, *programs: Program, patience_s: float = 90) -> None:
        """Wait until the programs answer on their ports. Raises ProgramError where one ends or stays silent."""
        deadline = time.monotonic() + patience_s
        for program in programs:
            while program.port and not answers(program.port):
                if self._running[program.name].process.poll() is not None:
                    raise self._failure(program.name, "ended while starting")
                if time.monotonic() > deadline:
                    raise self._failure(program.name, f"did not answer on port {program.port} in time")
                time.sleep(0.05)

    def watch(self, wanted: Callable[[], bool]) -> None:
        """Start again what ends, later each time, as long as `wanted()`.

        Raises ProgramError where a program ends five times within a minute.
        """
        while wanted():
            for name, running in list(self._running.items()):
                if running.process.poll() is not None:
                    self._ended(name, running)
            now = time.monotonic()
            for again in [due for due in self._due if due[0] <= now]:
                self._due.remove(again)
                self._start(again[1], again[2])
            time.sleep(0.1)

    def stop(self) -> None:
        """Afterwards no program runs: asked to end first, killed if it does not."""
        for running in self._running.values():
            _signal_group(running.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE_S
        for running in self._running.values():
            try:
                running.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(running.process.pid, signal.SIGKILL)
                running.process.wait()
            self._forget(running)
        self._running.clear()

    def _start(self, program: Program, started: list[float]) -> None:
        with self.log(program.name).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - ourselves
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | dict(program.environment),
                start_new_session=True,  # Ctrl-C is for us alone; we then end them in order
            )
        self._tell_guard(process.pid)
        recent = [moment for moment in started if time.monotonic() - moment < _MINUTE_S]
        self._running[program.name] = _Running(program, process, [*recent, time.monotonic()])

    def _ended(self, name: str, running: _Running) -> None:
        self._forget(running)
        del self._running[name]
        if len(running.started) >= _TRIES:
            raise self._failure(name, f"ended {_TRIES} times within a minute")
        wait_s = 0.5 * 2 ** (len(running.started) - 1)
        self._due.append((time.monotonic() + wait_s, running.program, running.started))

    def _forget(self, running: _Running) -> None:
        _signal_group(running.process.pid, signal.SIGKILL)  # what it may have left behind
        self._tell_guard(-running.process.pid)

    def _tell_guard(self, pid: int) -> None:
        if self._guard.stdin:
            self._guard.stdin.write(f"{pid}\n".encode())
            self._guard.stdin.flush()

    def _failure(self, name: str, what: str) -> ProgramError:
        log = self.log(name)
        last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-12:])
        return ProgramError(f"{name} {what}. Everything it said is in {log}; the end of it:\n{last}")


def answers(port: int) -> bool:
    """Tell whether anybody listens on `port` of this machine."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Tell whether we could listen on `port`."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((host, port))
        except OSError:
            return False
    return True


def end_with_parent() -> Thread:
    """Start the thread that ends this process once the one that started it is gone, however that ended.

    A web server that is killed outright leaves its workers behind: they would keep its port and answer on.
    """
    started = multiprocessing.parent_process()
    parent = started.pid if started and started.pid else os.getppid()
    thread = Thread(target=_outlast, args=(parent,), name="orphan", daemon=True)
    thread.start()
    return thread


def _outlast(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_S)
    os._exit(1)


class Asked:
    """Knows whether the operator asked us to end, by Ctrl-C or SIGTERM.

    Until `patient` is set, and when asked twice, KeyboardInterrupt ends at once what is being done.
    """

    def __init__(self) -> None:
        self.ended = False
        self.patient = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the signature of handlers
        again, self.ended = self.ended, True
        if again or not self.patient:
            raise KeyboardInterrupt


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _group_exists(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def guard() -> None:
    """Read process groups from the pipe; when it breaks, end those that still run."""
    alive: set[int] = set()
    for line in sys.stdin.buffer:
        pid = int(line)
        alive.add(pid) if pid > 0 else alive.discard(-pid)
    for pid in alive:
        _signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE_S
    while any(map(_group_exists, alive)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in alive:
        _signal_group(pid, signal.SIGKILL)


if __name__ == "__main__":
    guard()
