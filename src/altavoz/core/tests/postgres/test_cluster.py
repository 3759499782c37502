"""What start and stop do about strangers, crashes, full disks and long logs."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from altavoz.core.postgres import PostgresError, cluster, errors, postmaster
from altavoz.core.postgres.layout import Layout, lay_out
from altavoz.core.postgres.owners import Owner

pytestmark = pytest.mark.processes


@pytest.fixture
def layout(var: Path) -> Iterator[Layout]:
    made = lay_out(var, durable=False)
    yield made
    cluster.stop(made)


@pytest.fixture
def stranger(layout: Layout) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process of the same user that is no PostgreSQL."""
    user = layout.owner.uid if layout.owner.switch else None
    process = subprocess.Popen(["/bin/sleep", "60"], user=user)
    yield process
    process.kill()
    process.wait()


def _pid_file(layout: Layout) -> Path:
    return layout.data / "postmaster.pid"


def test_start_twice_is_start_once(layout: Layout) -> None:
    assert cluster.start(layout) == cluster.start(layout) == layout.server / "run"


def test_stop_of_a_server_that_does_not_run(layout: Layout) -> None:
    cluster.stop(layout)
    assert postmaster.alive(layout) is None


def test_stranger_with_the_recorded_pid_is_left_alone(
    layout: Layout, stranger: "subprocess.Popen[bytes]"
) -> None:
    cluster.start(layout)
    recorded = postmaster.recorded(layout)
    assert recorded
    files = [_pid_file(layout), layout.server / "run/.s.PGSQL.5432.lock"]
    contents = [path.read_text() for path in files]
    cluster.stop(layout)
    for path, content in zip(files, contents, strict=True):
        path.write_text(content.replace(str(recorded.pid), str(stranger.pid), 1))
    cluster.stop(layout)  # must not signal the stranger
    cluster.start(layout)
    assert stranger.poll() is None
    living = postmaster.alive(layout)
    assert living
    assert living.pid != stranger.pid


def test_server_that_does_not_answer(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    socket = cluster.start(layout) / ".s.PGSQL.5432"
    socket.unlink()
    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.1)
    with pytest.raises(PostgresError, match=r"does not answer. End it with `kill -INT \d+`"):
        cluster.start(layout)


@pytest.mark.parametrize("content", ["", "no number\n", "1\n"])
def test_odd_pid_file_means_no_server(layout: Layout, content: str) -> None:
    layout.data.mkdir()
    _pid_file(layout).write_text(content)
    assert postmaster.alive(layout) is None


def test_half_made_data_are_made_anew(layout: Layout) -> None:
    (layout.server / "data.new").mkdir()
    (layout.server / "data.new/PG_VERSION").write_text("18\n")
    cluster.start(layout)
    assert not (layout.server / "data.new").exists()
    assert (layout.version() or 0) >= 15


def test_long_log_is_put_aside(layout: Layout) -> None:
    cluster.start(layout)
    cluster.stop(layout)
    with layout.log.open("ab") as log:
        log.truncate(11 * 1024 * 1024)
    cluster.start(layout)
    assert layout.log.with_suffix(".log.1").stat().st_size == 11 * 1024 * 1024
    assert layout.log.stat().st_size < 100_000


def test_broken_data_are_reported_with_the_servers_own_words(layout: Layout) -> None:
    cluster.start(layout)
    cluster.stop(layout)
    (layout.data / "global/pg_control").unlink()
    with pytest.raises(PostgresError, match="Starting PostgreSQL failed") as failure:
        cluster.start(layout)
    assert "pg_control" in str(failure.value)


def _programs(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    """Put small scripts where PostgreSQL's programs are looked for."""
    usual = {"postgres": "echo 'postgres (PostgreSQL) 17.2'", "initdb": ":", "pg_ctl": ":"}
    folder.mkdir()
    for name, script in (usual | scripts).items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(folder))


@pytest.mark.parametrize(
    ("scripts", "message"),
    [
        (
            {"initdb": '[ "$1" = --version ] && exit; echo "$@"; exit 1'},
            r"initdb\) failed(?s:.*)--builtin-locale=C.UTF-8",
        ),
        (
            {
                "initdb": '[ "$1" = --version ] && exit; mkdir -p "$2" && touch "$2/pg_hba.conf"',
                "postgres": '[ "$1" = --version ] && echo "postgres 17.2" || { echo lost; exit 1; }',
            },
            "Making the database failed. It said:\nlost",
        ),
        (
            {"pg_ctl": "echo nothing; exit 1"},
            "Starting PostgreSQL failed",
        ),
    ],
)
def test_program_that_fails_is_quoted(
    layout: Layout, open_folder: Path, monkeypatch: pytest.MonkeyPatch, scripts: dict[str, str], message: str
) -> None:
    if "pg_ctl" in scripts:
        layout.data.mkdir()
        (layout.data / "PG_VERSION").write_text("17\n")
    _programs(open_folder / "bin", monkeypatch, **scripts)
    with pytest.raises(PostgresError, match=message):
        cluster.start(layout)
    assert not (layout.server / "data.new/PG_VERSION").exists()


def test_backend_that_outlives_its_server(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.start(layout)
    cluster.stop(layout)
    process = subprocess.Popen(["/bin/sleep", "60"], cwd=layout.data)
    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.1)
    try:
        with pytest.raises(PostgresError, match=rf"still use {layout.data}: \[{process.pid}\]"):
            cluster.start(layout)
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize(("size", "message"), [("20m", "is full"), ("230m", "is full")])
def test_full_disk_is_said_in_plain_words(open_folder: Path, size: str, message: str) -> None:
    command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(open_folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603 - fixed words
        pytest.skip("this machine does not let us mount a small disk")
    try:
        layout = lay_out(open_folder / "var", durable=False)
        if size == "230m":
            cluster.start(layout)
            cluster.stop(layout)
            _fill(open_folder / "rest")
        with pytest.raises(PostgresError, match=message):
            cluster.start(layout)
    finally:
        subprocess.run(["/bin/umount", "-l", str(open_folder)], check=True)  # noqa: S603 - fixed words


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("initdb: error: No space left on device", "The disk that holds /var/x is full"),
        ("FATAL: could not map anonymous shared memory: Cannot allocate memory", "not enough memory"),
        ("could not create: Read-only file system", "/var/x cannot be written to"),
        ("something\nnew", "Doing failed. It said:\nsomething\nnew"),
    ],
)
def test_words_for_a_failure(output: str, message: str) -> None:
    assert message in str(errors.explained("Doing", output, "/var/x"))


def test_command_that_is_not_there() -> None:
    from altavoz.core.postgres.owners import run

    code, said = run(["/no/such/program"], Owner(uid=0, gid=0, switch=False))
    assert (code, "/no/such/program" in said) == (127, True)
