"""Open data: every public fact and nothing else, verifiable, gone with what is taken down."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from altavoz.api import opendata, tasks
from altavoz.api.opendata import records, writing
from altavoz.api.tests.conftest import Publish, withdraw
from altavoz.showcase.models import Creator

ROOT = "https://altavoz.example"


@pytest.fixture(autouse=True)
def _media(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def read(client: Client, day: str, name: str) -> list[dict[str, Any]]:
    response = client.get(f"/open-data/{day}/{name}.jsonl.gz")
    assert response.headers["Content-Type"] == "application/gzip"
    data = b"".join(response)
    return [json.loads(line) for line in gzip.decompress(data).decode().splitlines()]


def test_the_files_hold_every_public_fact(
    client: Client, publish: Publish, creator: Creator, at: datetime
) -> None:
    work = publish(title="Señal \n <b>", licence="CC BY", captions=["es"])
    dump = opendata.write(at=at)
    assert dump.day == "2026-03-14"
    assert read(client, dump.day, "works") == [
        {
            "id": work.pk,
            "page": f"{ROOT}/en/works/{work.pk}-asincronia-1/",
            "url": "https://video.example/1",
            "kind": "video",
            "title": "Señal \n <b>",
            "metadata_language": "es",
            "language": "es",
            "captions": ["es"],
            "topics": ["asyncio"],
            "level": "",
            "duration_s": 754,
            "published_at": "2026-03-13T15:09:26Z",
            "shown_at": "2026-03-14T15:09:26Z",
            "creators": [creator.pk],
            "licence": "CC BY",
            "catalogue": "",
        }
    ]
    assert read(client, dump.day, "creators") == [
        {
            "id": creator.pk,
            "page": f"{ROOT}/en/creators/lucia-nandu/",
            "name": "Lucía Ñandú",
            "website": "",
            "handles": {},
            "country": "",
            "claimed": False,
            "works": 1,
            "languages": ["es"],
        }
    ]
    assert read(client, dump.day, "languages") == [{"tag": "es", "autonym": "Español", "works": 1}]


def test_each_file_is_what_the_list_says(client: Client, publish: Publish, at: datetime) -> None:
    publish(spoken_language="und")
    dump = opendata.write(at=at)
    (listed,) = client.get("/open-data/index.json").json()["dumps"]
    assert (listed["day"], listed["licence"], len(listed["files"])) == ("2026-03-14", "CC0-1.0", 3)
    for told, file in zip(listed["files"], dump.files, strict=True):
        data = b"".join(client.get(told["url"].removeprefix(ROOT)))
        assert (len(data), hashlib.sha256(data).hexdigest()) == (told["bytes"], told["sha256"])
        assert data.count(b"") > 0
        assert told["records"] == file.records == 1
    assert opendata.write(at=at) == dump  # the same facts make the same bytes, in place of the first


@pytest.mark.django_db
def test_without_any_work_the_files_are_empty(client: Client, at: datetime) -> None:
    assert [file.records for file in opendata.write(at=at).files] == [0, 0, 0]
    assert read(client, "2026-03-14", "works") == []


def test_what_is_taken_down_is_gone_from_the_next_files_and_then_from_all(
    client: Client, publish: Publish, at: datetime, settings: LazySettings
) -> None:
    settings.ALTAVOZ_DUMP_DAYS = 2
    kept, gone = publish(1), publish(2)
    opendata.write(at=at)
    withdraw(gone)
    opendata.write(at=at + timedelta(days=1))
    assert [row["id"] for row in read(client, "2026-03-15", "works")] == [kept.pk]
    assert len(read(client, "2026-03-14", "works")) == 2
    opendata.write(at=at + timedelta(days=3))
    assert [dump.day for dump in opendata.dumps()] == ["2026-03-17", "2026-03-15"]
    assert client.get("/open-data/2026-03-14/works.jsonl.gz").status_code == 404
    assert not default_storage.exists("open-data/2026-03-14")


@pytest.mark.django_db
def test_only_what_is_whole_is_offered(client: Client, at: datetime) -> None:
    default_storage.save("open-data/2026-03-14/works.jsonl.gz", ContentFile(b"half"))
    default_storage.save("open-data/notes/index.json", ContentFile(b"{}"))
    assert opendata.dumps() == []
    assert client.get("/open-data/2026-03-14/works.jsonl.gz").status_code == 404
    opendata.write(at=at)
    assert client.get("/open-data/2026-03-14/secret.jsonl.gz").status_code == 404
    assert client.get("/open-data/2026-03-14/index.json").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_cost_is_by_thousands_not_by_works(publish: Publish, number: int) -> None:
    for one in range(number):
        publish(one)
    with CaptureQueriesContext(connection) as asked:
        assert sum(1 for name in records.LINES for _ in records.lines(name)) == number + 2
    assert len(asked) == 7


def test_lines_are_what_the_schema_says(client: Client, publish: Publish) -> None:
    publish()
    told = client.get("/open-data/schema.json").json()
    for name in records.LINES:
        (line,) = (json.loads(line) for line in records.lines(name))
        assert list(line) == list(told[f"{name}.jsonl"]["properties"])


@pytest.mark.django_db(transaction=True)
def test_two_never_write_at_once(at: datetime) -> None:
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: given[name] for name in names if name in given}) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [writing._LOCK])
        with pytest.raises(opendata.BusyError):
            opendata.write(at=at)
        other.execute("SELECT pg_advisory_unlock(%s)", [writing._LOCK])
    assert opendata.write(at=at).day == "2026-03-14"


@pytest.mark.django_db
def test_the_job_writes_and_deletes() -> None:
    tasks.dump(0)
    assert len(opendata.dumps()) == 1


@pytest.mark.django_db
def test_people_find_the_files(client: Client, at: datetime) -> None:
    assert client.get("/open-data/").headers["Location"] == "/en/open-data/"
    assert "tomorrow" in client.get("/en/open-data/").content.decode()
    opendata.write(at=at)
    page = Client(headers={"host": "altavoz.example"}).get("/ar/open-data/").content.decode()
    assert page.count("sha256") == 3
    assert "/open-data/2026-03-14/works.jsonl.gz" in page
