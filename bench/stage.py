"""Where measurements run: a fresh database, real processes, nginx for what must not be the bottleneck."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

HOME = Path("var/bench").absolute()
_GIVEN = os.environ.get("DATABASE_URL", "")


@contextmanager
def server() -> Iterator[str]:
    """Yield the DATABASE_URL of the server to use: the one that was named when we started, else the embedded one."""
    from altavoz.core import postgres

    HOME.mkdir(parents=True, exist_ok=True)
    if _GIVEN:
        yield _GIVEN
        return
    with postgres.running(HOME) as url:
        yield url


@contextmanager
def database(name: str, *, keep: bool = False) -> Iterator[str]:
    """Yield the DATABASE_URL of a database of that name, migrated, with Django set up to use it.

    It is made anew unless `keep`.
    """
    import psycopg

    with server() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if known and not keep:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # ours, named in this folder
            if not (known and keep):
                connection.execute(f'CREATE DATABASE "{name}"')
        os.environ |= {
            "DATABASE_URL": renamed(url, name),
            "ALTAVOZ_VAR": str(HOME),
            "ALTAVOZ_LOG_LEVEL": "ERROR",
        }
        _set_up(name)
        try:
            yield os.environ["DATABASE_URL"]
        finally:
            _let_go()
            os.environ["DATABASE_URL"] = url


def renamed(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    head, question, options = url.partition("?")
    return head.rpartition("/")[0] + f"/{name}" + question + options


def _set_up(name: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "altavoz.config.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    connection.settings_dict["NAME"] = name  # a second measurement in this process uses another one
    call_command("migrate", verbosity=0)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def process(
    command: Sequence[str], *, port: int | None = None, env: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program for the length of the block; wait until it answers on its port, if it has one."""
    with subprocess.Popen(command, env=os.environ | dict(env or {})) as running:  # noqa: S603  our own programs
        try:
            if port is not None:
                _wait(port)
            yield running
        finally:
            running.terminate()
            try:
                running.wait(15)
            except subprocess.TimeoutExpired:
                running.kill()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def altavoz(*arguments: str) -> list[str]:
    """Return the command that runs ours."""
    return [sys.executable, "-m", "altavoz.config.cli", *arguments]


@contextmanager
def nginx(root: Path, *, port: int) -> Iterator[None]:
    """Serve a folder on every loopback address with nginx, one worker process per core."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        raise SystemExit("This measurement needs nginx: apt-get install nginx-light")
    with TemporaryDirectory() as folder:
        config = Path(folder) / "nginx.conf"
        config.write_text(_NGINX.format(folder=folder, root=root, port=port), encoding="utf-8")
        with process([program, "-c", str(config), "-e", f"{folder}/error.log"], port=port):
            yield


_NGINX = """
daemon off; worker_processes auto; pid {folder}/pid; user root;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; etag on; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  types {{ application/atom+xml xml; text/html html; }}
  server {{ listen 0.0.0.0:{port}; root {root}; }}
}}
"""


def get(url: str) -> bytes:
    """Return what is at an address of this machine."""
    try:
        with urlopen(url, timeout=60) as answer:  # noqa: S310  this machine only
            body: bytes = answer.read()
            return body
    except URLError as error:
        raise SystemExit(f"{url}: {error}") from error
