"""Writing a dump: read piece by piece, compressed on the way, never whole in memory."""

import gzip
import hashlib
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.core.files.base import File as StoredFile
from django.core.files.storage import default_storage
from django.db import connection

from altavoz.api.opendata import keeping
from altavoz.api.opendata.keeping import Dump, File
from altavoz.api.opendata.records import LINES, lines

# Only one dump is written at a time, whoever asked for it: a lock of the database under a number of ours.
_LOCK = 0x0DA7A


class BusyError(Exception):
    """Another process is writing a dump."""


def write(*, at: datetime) -> Dump:
    """Write what is public now as the dump of the day of `at`, in place of an earlier one of that day.

    1. Files are written and stored one by one. 2. The listing that offers them comes last. 3. Old dumps are deleted.
    Raises BusyError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise BusyError
        try:
            return _write(at)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _write(at: datetime) -> Dump:
    day = f"{at:%Y-%m-%d}"
    keeping.delete(day)
    files = tuple(_file(day, name) for name in LINES)
    dump = Dump(day=day, made_at=at.isoformat(), files=files)
    keeping.save_index(dump)
    keeping.delete_old(at=at)
    return dump


def _file(day: str, name: str) -> File:
    stored = f"{name}.jsonl.gz"
    with TemporaryFile() as file:
        records = _packed(name, file)
        size = file.tell()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        default_storage.save(keeping.path(day, stored), StoredFile(file))
    return File(name=stored, records=records, size=size, sha256=digest)


def _packed(name: str, file: IO[bytes]) -> int:
    """Write the lines, compressed; return how many. The same lines always make the same bytes."""
    records = 0
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
        for line in lines(name):
            packed.write(line)
            records += 1
    return records
