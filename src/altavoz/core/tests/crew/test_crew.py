"""Helpers stay, die alone, are replaced, and never outlive who started them; with real processes."""

import multiprocessing
import operator
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from altavoz.core.crew import Crew, Lost, members
from altavoz.core.crew.members import Surroundings

pytestmark = [pytest.mark.processes, pytest.mark.django_db]
PATIENCE_S = 30

#: A program that gives its helpers work without end; it tells their numbers first.
_STARTER = """
import os, signal, sys, time
from altavoz.core.crew import Crew
import django

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may be deaf to it
    django.setup()
    crew = Crew()
    print(*crew.run(os.getpid, [(), ()], patience_s=30), flush=True)
    if "busy" in sys.argv:
        crew.run(time.sleep, [(60,), (60,)], patience_s=90)
    time.sleep(60)
"""


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew()
    yield made
    made.end()


def pids(crew: Crew, count: int = 2) -> list[int]:
    return [pid for pid in crew.run(os.getpid, [()] * count, patience_s=PATIENCE_S) if isinstance(pid, int)]


def gone(pid: int) -> bool:
    """Tell whether a process ended, within half a minute: the machine may be busy."""
    for _ in range(600):
        with suppress(FileNotFoundError):
            if (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.05)
                continue
        return True
    return False


def test_helpers_work_side_by_side_and_stay(crew: Crew) -> None:
    first = pids(crew)
    assert len({*first, os.getpid()}) == 3
    assert pids(crew) == first
    assert pids(crew, 1) == first[:1]


def test_answers_stand_in_the_order_of_the_shares(crew: Crew) -> None:
    assert crew.run(divmod, [(7, 2), (9, 2)], patience_s=PATIENCE_S) == [(3, 1), (4, 1)]


def test_slow_work_is_waited_for(crew: Crew) -> None:
    assert crew.run(time.sleep, [(1.2,)], patience_s=PATIENCE_S) == [None]


def test_what_raises_costs_only_its_own_answer(crew: Crew) -> None:
    told = crew.run(operator.truediv, [(1, 0), (1, 1)], patience_s=PATIENCE_S)
    assert told == [Lost("ZeroDivisionError"), 1.0]
    assert crew.run(operator.truediv, [(1, 2), (1, 1)], patience_s=PATIENCE_S) == [0.5, 1.0]


def test_a_helper_killed_while_it_waits_is_replaced(crew: Crew) -> None:
    dead, living = pids(crew)
    os.kill(dead, signal.SIGKILL)
    assert gone(dead)
    assert living in pids(crew)
    assert dead not in pids(crew)


def test_a_helper_killed_at_work_costs_only_its_own_answer(crew: Crew) -> None:
    dead, living = pids(crew)
    threading.Timer(0.3, os.kill, (dead, signal.SIGKILL)).start()
    assert crew.run(time.sleep, [(20,), (0.6,)], patience_s=PATIENCE_S) == [Lost("died"), None]
    assert living in pids(crew)


def test_a_helper_that_died_unnoticed_does_not_take_the_work(crew: Crew) -> None:
    pids(crew, 1)
    (member,) = crew._members
    member.pipe.close()
    assert crew.run(os.getpid, [()], patience_s=PATIENCE_S) == [Lost("died")]


def test_a_helper_that_is_too_slow_is_ended(crew: Crew) -> None:
    (slow,) = pids(crew, 1)
    assert crew.run(time.sleep, [(20,)], patience_s=0.2) == [Lost("too_slow")]
    assert gone(slow)


def test_who_shall_stop_waits_no_longer(crew: Crew) -> None:
    (slow,) = pids(crew, 1)
    told = crew.run(time.sleep, [(20,)], patience_s=PATIENCE_S, stop=lambda: True)
    assert told == [Lost("stopped")]
    assert gone(slow)


def test_work_that_cannot_be_handed_over_leaves_no_answer_behind(crew: Crew) -> None:
    before = pids(crew)
    with pytest.raises((AttributeError, TypeError)):
        crew.run(lambda: 1, [(), ()], patience_s=PATIENCE_S)
    assert set(pids(crew)).isdisjoint(before)


def test_helpers_know_what_was_set_after_they_could_know(crew: Crew, settings: Settings) -> None:
    before = pids(crew, 1)
    settings.ALTAVOZ_FETCH_ALLOW = ["127.0.0.1/32:8001"]
    (told,) = crew.run(Surroundings.here, [()], patience_s=PATIENCE_S)
    assert isinstance(told, Surroundings)
    assert (told.fetch_allow, told.database["NAME"]) == (
        ("127.0.0.1/32:8001",),
        Surroundings.here().database["NAME"],
    )
    assert set(pids(crew, 1)).isdisjoint(before)


def test_ctrl_c_and_sigterm_are_for_who_started_us(crew: Crew) -> None:
    before = pids(crew)
    for pid in before:
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    assert pids(crew) == before


def test_a_helper_serves_until_the_other_end_is_closed(settings: Settings) -> None:
    """The same in this process, where it can be looked at."""
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    kept = dict(connection.settings_dict)
    ours, theirs = multiprocessing.Pipe()
    for work in ((divmod, (7, 2)), (divmod, (7, 0))):
        ours.send(work)
    answers: list[object] = []

    def read() -> None:
        answers.extend((ours.recv(), ours.recv()))
        ours.close()

    reader = threading.Thread(target=read)
    try:
        reader.start()
        members.serve(theirs, Surroundings({}, ("127.0.0.1/32:1",)))
        reader.join()
    finally:
        connection.settings_dict.update(kept)
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), handlers, strict=True):
            signal.signal(number, handler)
    assert answers == [(3, 1), members.Raised("ZeroDivisionError")]
    assert settings.ALTAVOZ_FETCH_ALLOW == ["127.0.0.1/32:1"]


def test_nobody_is_left_when_the_crew_ends(crew: Crew) -> None:
    before = pids(crew)
    crew.end()
    assert all(map(gone, before))


@pytest.mark.parametrize(
    ("how", "number"),
    [("idle", signal.SIGKILL), ("busy", signal.SIGKILL), ("busy", signal.SIGINT), ("busy", signal.SIGTERM)],
)
def test_nobody_outlives_the_program_that_was_ended(tmp_path: Path, how: str, number: int) -> None:
    script = tmp_path / "starter.py"
    script.write_text(_STARTER, encoding="utf-8")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "altavoz.config.settings"}
    command = [sys.executable, str(script), how]
    with subprocess.Popen(  # noqa: S603  our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as starter:
        assert starter.stdout is not None
        helpers = [int(pid) for pid in starter.stdout.readline().split()]
        time.sleep(0.3)
        starter.send_signal(number)
        assert all(map(gone, helpers))
        starter.kill()
    assert len(helpers) == 2
