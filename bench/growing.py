"""Databases with ten thousand and a million works, grown from the real catalogue and kept between runs.

They are made anew when the catalogue, the tables or the way they are grown have changed, and when BENCH_FRESH=1 is set.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import psycopg
from psycopg import sql

from bench import catalogue, stage

_BASE = "bench_web_base"
_SHAPING = (
    "bench/catalogue.py",
    "src/altavoz/search/migrations/*.py",
    "src/altavoz/search/indexing.py",
    "src/altavoz/search/buckets.py",
    "src/altavoz/showcase/migrations/*.py",
)
_GROWING = "bench/cloning.py"


@contextmanager
def works(count: int) -> Iterator[str]:
    """Yield the DATABASE_URL of a database with `count` visible works; made in minutes, reused in seconds."""
    name = f"bench_web_{_short(count)}"
    with _server() as server:
        if not _is_complete(server, name):
            _make(server, name, count)
        with stage.database(name, keep=True) as url:
            yield url


def _make(server: psycopg.Connection, name: str, count: int) -> None:
    from bench import cloning

    if not _is_complete(server, _BASE):
        with stage.database(_BASE):
            catalogue.load()
        _complete(server, _BASE)
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(_BASE))
    )
    with stage.database(name, keep=True):
        cloning.grow(count)
    _complete(server, name)


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """Yield a connection to the server that `stage.database` uses."""
    with stage.server() as url, psycopg.connect(url, autocommit=True) as connection:
        yield connection


def _is_complete(server: psycopg.Connection, name: str) -> bool:
    """Tell whether the database was filled to the end, and by what would fill it now."""
    if os.environ.get("BENCH_FRESH") == "1" and name not in _made:
        return False
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row is not None and row[0] == _fingerprint(name)


_made: set[str] = set()


def _complete(server: psycopg.Connection, name: str) -> None:
    server.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(_fingerprint(name)))
    )
    _made.add(name)


def _fingerprint(name: str) -> str:
    """Return a hash of all that decides what the database holds."""
    digest = blake2b(digest_size=16)
    shapes = _SHAPING if name == _BASE else (*_SHAPING, _GROWING)
    for path in (catalogue.PATH, *(path for shape in shapes for path in sorted(Path().glob(shape)))):
        digest.update(path.read_bytes())
    return f"altavoz bench {digest.hexdigest()}"


def _short(count: int) -> str:
    return f"{count // 1_000_000}m" if count % 1_000_000 == 0 else f"{count // 1_000}k"
