"""The command line as people use it: real processes over an embedded server of their own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from altavoz.config.processes import is_free
from altavoz.core import postgres

pytestmark = pytest.mark.processes


def _environment(var: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALTAVOZ_", "DATABASE_"))
    }
    return kept | {"ALTAVOZ_VAR": str(var), "COLUMNS": "200"}


def _altavoz(var: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "altavoz.config.cli", *words],
        env=_environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(var: Path, *words: str) -> tuple[int, str, str]:
    process = _altavoz(var, *words)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="avz-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def instance() -> Iterator[Path]:
    """Keep one migrated instance for the whole file: its server runs all the time."""
    for folder in _folder():
        with postgres.running(folder):
            code, _, err = _run(folder, "migrate", "--verbosity=0")
            assert (code, err) == (0, "")
            yield folder


@pytest.fixture
def empty() -> Iterator[Path]:
    yield from _folder()


@pytest.fixture
def port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def _get(url: str) -> tuple[int, str]:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} never answered")


def test_help_lists_our_commands_and_points_at_djangos(empty: Path) -> None:
    code, out, _ = _run(empty, "--help")
    names = ("serve", "worker", "demo", "add", "poll", "import", "ledger", "doctor", "backup", "restore")
    assert code == 0
    assert [name for name in names if f"\n  {name} " not in out] == []
    assert "altavoz help" in out
    assert _run(empty, "--version")[1].startswith("altavoz ")


def test_every_command_of_django_works(instance: Path) -> None:
    code, out, _ = _run(instance, "showmigrations", "core")
    assert code == 0
    assert "[X] 0001_initial" in out
    assert _run(instance, "no-such-command")[0] == 1


def test_ledger_verify(instance: Path) -> None:
    code, out, _ = _run(instance, "ledger", "verify")
    assert code == 0
    assert re.fullmatch(r"The ledger is whole: \d+ entries, the last one with the hash [0-9a-f]{64}\n", out)


def test_indexing_again_says_how_much_there_was_to_do(instance: Path) -> None:
    code, out, err = _run(instance, "reindex")
    assert (code, out, err) == (0, "0 works were indexed again; the others were as they should be.\n", "")


def test_doctor_says_for_each_point_what_to_do(instance: Path) -> None:
    code, _, err = _run(instance, "doctor")
    assert code == 0
    assert "OK        Tables: up to date" in err
    assert "attention Worker: none runs\n          → Start one: `altavoz worker`" in err
    assert "OK        Private addresses we may fetch: none" in err


def test_address_that_is_none(instance: Path) -> None:
    code, out, err = _run(instance, "add", "nonsense")
    assert (code, out) == (1, "")
    assert err.startswith("✗ This is not a web address.")


def test_poll_with_nothing_due(instance: Path) -> None:
    assert _run(instance, "poll")[:2] == (
        0,
        "0 visited, 0 unchanged, 0 failed; works: 0 new, 0 changed, 0 gone\n",
    )


def test_import_tells_first_and_writes_then(instance: Path, tmp_path: Path) -> None:
    videos = tmp_path / "pycon-es-2025/videos"
    videos.mkdir(parents=True)
    (tmp_path / "pycon-es-2025/category.json").write_text('{"title": "PyConES 2025"}')
    record = {
        "title": "Una charla sobre generadores",
        "language": "spa",
        "speakers": ["Ana"],
        "recorded": "2025-10-04",
        "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa"}],
    }
    (videos / "una.json").write_text(json.dumps(record))
    (videos / "rota.json").write_text("{")
    words = ("import", "pyvideo", str(tmp_path))
    code, out, _ = _run(instance, *words, "--dry-run", "--languages", "es,pt")
    assert (code, out.splitlines()[:2]) == (0, ["Nothing was written; this would happen:", "        1  new"])
    code, out, _ = _run(instance, *words, "--every")
    assert (code, out.splitlines()[:2]) == (0, ["Done:", "        1  new"])
    assert "The file is not valid JSON; the record was left out." in out
    assert "        1  unchanged\n" in _run(instance, *words)[1]
    assert _run(instance, "import", "pyvideo", __file__)[0] == 1


def test_backup_comes_back_in_an_empty_instance_only(instance: Path, empty: Path, tmp_path: Path) -> None:
    (instance / "media").mkdir(exist_ok=True)
    (instance / "media/picture.webp").write_bytes(b"picture")
    target = tmp_path / "copy.tar"
    code, _, err = _run(instance, "backup", str(target))
    assert code == 0
    assert "The keys are NOT in it." in err
    assert target.stat().st_mode & 0o077 == 0
    with tarfile.open(target) as tar:
        names = sorted(tar.getnames())
    assert names == ["contents.json", "database.dump", "media", "media/picture.webp"]
    assert _run(instance, "backup", str(target))[2].endswith("exists already; a backup overwrites nothing.\n")

    code, out, err = _run(empty, "restore", str(target))
    assert (code, out.partition(" by ")[0][:23]) == (0, "Restored what was writt")
    assert "The backup had no keys" in err
    assert (empty / "media/picture.webp").read_bytes() == b"picture"
    assert _run(empty, "showmigrations", "--plan")[1] == _run(instance, "showmigrations", "--plan")[1]
    code, _, err = _run(empty, "restore", str(target))
    assert code == 1
    assert "This instance is not empty" in err


def test_backup_with_keys(instance: Path, empty: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.tar"
    code, _, err = _run(instance, "backup", str(target), "--with-keys")
    assert (code, err.splitlines()[-1]) == (0, "The keys are in it: keep it as safe as a password.")
    assert _run(empty, "restore", str(target))[0] == 0
    key = "keys/secret-key"
    assert (empty / key).read_text() == (instance / key).read_text()
    assert (empty / key).stat().st_mode & 0o077 == 0


def test_no_backup_holds_what_must_be_gone_by_midnight(instance: Path, empty: Path, tmp_path: Path) -> None:
    with postgres.running(instance) as url, psycopg.connect(url, autocommit=True) as database:
        database.execute("INSERT INTO insights_daykey VALUES (current_date, 'secret')")
        database.execute("INSERT INTO insights_seen VALUES (1)")
    assert _run(instance, "backup", str(tmp_path / "copy.tar"))[0] == 0
    assert _run(empty, "restore", str(tmp_path / "copy.tar"))[0] == 0
    counts = "SELECT (SELECT count(*) FROM insights_daykey), (SELECT count(*) FROM insights_seen)"
    kinds = "SELECT relpersistence FROM pg_class WHERE relname IN ('insights_daykey', 'insights_seen')"
    with postgres.running(empty) as url, psycopg.connect(url) as database:
        assert database.execute(counts).fetchone() == (0, 0)
        assert database.execute(kinds).fetchall() == [("u",), ("u",)]


def test_file_that_is_no_backup(empty: Path) -> None:
    code, _, err = _run(empty, "restore", __file__)
    assert code == 1
    assert "is not a whole backup" in err


def test_server_and_worker_run_until_asked_to_end(instance: Path, port: int) -> None:
    web = _altavoz(instance, "serve", "--port", str(port), "--workers", "1")
    worker = _altavoz(instance, "worker", "--concurrency", "2")
    try:
        assert _get(f"http://127.0.0.1:{port}/health/live") == (200, '{"live": true}')
        status, report = _get(f"http://127.0.0.1:{port}/health/ready")
        assert (status, json.loads(report)["ready"]) == (200, True)
        code, _, err = _run(instance, "serve", "--port", str(port))
        assert (code, err) == (
            1,
            f"✗ Port {port} is taken. End the program that uses it, or choose another: --port {port + 1}\n",
        )
    finally:
        web.send_signal(signal.SIGTERM)
        worker.send_signal(signal.SIGTERM)
        ends = [process.communicate(timeout=30) and process.returncode for process in (web, worker)]
    assert ends == [0, 0]


def test_server_that_is_killed_leaves_its_port_to_the_next_one(instance: Path, port: int) -> None:
    web = _altavoz(instance, "serve", "--port", str(port), "--workers", "2")
    assert _get(f"http://127.0.0.1:{port}/health/live") == (200, '{"live": true}')
    web.kill()
    web.communicate(timeout=30)  # it ends with the last of its workers, who write there as well
    deadline = time.monotonic() + 20
    while not is_free(port):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_site_is_not_served_over_old_tables(empty: Path, port: int) -> None:
    code, _, err = _run(empty, "serve", "--port", str(port))
    assert code == 1
    assert err.endswith("migrations are to be applied first: altavoz migrate\n")


def test_database_alone_for_others_to_use(empty: Path) -> None:
    process = _altavoz(empty, "database")
    assert process.stdout
    url = process.stdout.readline().strip()
    with psycopg.connect(url) as connection:
        assert connection.info.dbname == "altavoz"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_server_that_cannot_start_is_one_clear_line(empty: Path) -> None:
    (empty / "postgres").touch()
    code, out, err = _run(empty, "doctor")
    assert (code, out) == (1, "")
    assert err.startswith(f"✗ {empty}/postgres cannot be used (File exists).")
    assert "Traceback" not in err


def test_catalogues_that_are_not_whole(empty: Path) -> None:
    code, out, err = _run(empty, "catalogues", "--check")
    assert (code, bool(out), "texts are not as they should be" in err) in ((0, False, False), (1, True, True))
    assert not (empty / "postgres").exists()
