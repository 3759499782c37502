"""The whole real catalogue: what is removed, renamed and changed upstream, followed to pages, feeds and the index."""

import json
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from pytest_django import Settings

from altavoz.ingest.models import Entry
from altavoz.ingest.pyvideo import Report, import_pyvideo
from altavoz.moderation.models import Case
from altavoz.search.documents import Query
from altavoz.search.queries import find
from altavoz.showcase import actions
from altavoz.showcase.models import Catalogue, Creator, Link, Publication, Revision

REAL = Path(__file__).parents[2] / "shared" / "data" / "pyvideo.tar.xz"
RECORDS = 15_202
#: Rows this transaction has written so far, in every table but the queue's.
_WRITTEN = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables
    WHERE relname NOT LIKE 'procrastinate%'
"""
_TABLES = "SELECT relname FROM pg_stat_user_tables ORDER BY relname"
_NEW = "Zarzaparrilla y otras serpientes"
Follow = Callable[[], Report]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not REAL.exists(), reason=f"the real catalogue is not at {REAL}"),
]


@dataclass(frozen=True)
class Talk:
    """A published record as it is before the archive changes; its speaker gave no other."""

    key: str
    title: str
    speaker: str
    publication: int
    page: str
    creator: str

    @property
    def subject(self) -> str:
        return f"showcase.publication:{self.publication}"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a copy of the real archive that may be changed."""
    with tarfile.open(REAL) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def follow(archive: Path, deliver: Callable[..., int], at: datetime) -> Follow:
    """Import the archive and let every handler do its part."""

    def run() -> Report:
        report = import_pyvideo(archive, by=None, at=at)
        deliver()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else counts the rows of a transaction, and plans depend on it
        return report

    return run


@pytest.fixture
def reader(settings: Settings) -> Client:
    """Return a browser that is shown fresh pages: kept ones are purged when a change is committed, here none is."""
    settings.ALTAVOZ_PAGE_CACHE_BYTES = 0
    return Client(headers={"host": "localhost"})


def talks(archive: Path, count: int) -> list[Talk]:
    """Return Spanish talks with titles of their own, each by one speaker who gave no other."""
    single = Creator.objects.annotate(works=Count("credits")).filter(works=1).values("pk")
    own = Publication.objects.filter(language="es", lead__in=single, links__isnull=False).order_by("pk")
    found: list[Talk] = []
    for publication in own.annotate(people=Count("credits", distinct=True)).filter(people=1).iterator():
        told = _talk(publication, archive)
        found += [told] if told else []
        if len(found) == count:
            break
    return found


def _talk(publication: Publication, archive: Path) -> Talk | None:
    entry = Entry.objects.get(pk=Link.objects.filter(publication=publication).latest("pk").entry_id)
    shown = Revision.objects.get(publication=publication)
    alone = Entry.objects.filter(title__icontains=entry.title).count() == 1
    named = Entry.objects.filter(extra__icontains=entry.authors[0]).count() if entry.authors else 1
    if not alone or named or len(entry.title) < 30 or not _file(archive, entry.key).exists():
        return None
    assert publication.lead is not None
    return Talk(
        entry.key, entry.title, entry.authors[0], publication.pk, f"/es/{shown.page}", publication.lead.slug
    )


def _file(archive: Path, key: str) -> Path:
    category, _, slug = key.partition("/")
    return archive / category / "videos" / f"{slug}.json"


def rewrite(archive: Path, talk: Talk, **values: object) -> None:
    path = _file(archive, talk.key)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), encoding="utf-8")


def traces(words: str) -> dict[str, int]:
    """Return how many rows of which tables hold these words, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS line WHERE line::text LIKE %s', [f"%{words}%"])  # noqa: S608  names of our tables
            found[table] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return int(cursor.fetchone()[0])


def subjects_of(words: str) -> list[str]:
    return [hit.subject for hit in find(Query(text=words)).hits]


def in_feeds(talk: Talk, reader: Client) -> set[str]:
    """Return the kinds of feeds that a search for the title fills with the talk."""
    kinds = ("atom", "rss", "json")
    told = {kind: reader.get(f"/feeds/{kind}/?language=es&q={quote(talk.title)}") for kind in kinds}
    assert {answer.status_code for answer in told.values()} == {200}
    return {kind for kind, answer in told.items() if f"/works/{talk.publication}-" in answer.content.decode()}


def assert_gone(talk: Talk, reader: Client) -> None:
    """Nothing that anyone may ask tells of the talk, its speaker or their page."""
    assert (traces(talk.title), traces(talk.speaker), traces(talk.creator)) == ({}, {}, {})
    assert talk.subject not in subjects_of(talk.title)
    assert reader.get(f"/es/creators/{talk.creator}/").status_code == 404
    assert in_feeds(talk, reader) == set()


def test_what_changes_upstream_changes_here_and_leaves_no_trace(
    archive: Path, follow: Follow, reader: Client, at: datetime
) -> None:
    first = follow()
    assert (first.counts["new"] + first.counts["refused"], first.counts["new"] > 15_000) == (RECORDS, True)
    catalogue = Catalogue.objects.get().subject
    while actions.adopt_batch(catalogue=catalogue, language="es", collections=(), adoption=1, at=at):
        pass
    removed, renamed, changed = talks(archive, 3)
    for talk in (removed, renamed, changed):
        assert reader.get(talk.page).status_code == 200
        assert talk.subject in subjects_of(talk.title)
        assert in_feeds(talk, reader) == {"atom", "rss", "json"}

    _file(archive, removed.key).unlink()
    rewrite(archive, renamed, title=_NEW, speakers=["Nombre Nuevo Zz"], description="Otras palabras.")
    _file(archive, renamed.key).rename(_file(archive, renamed.key).with_name("zarzaparrilla.json"))
    rewrite(archive, changed, description="Una descripción recién escrita, con la palabra xilófonos.")
    second = follow()
    assert {name: count for name, count in second.counts.items() if name != "refused" and count} == {
        "unchanged": first.counts["new"] - 3,
        "changed": 1,
        "renamed": 1,
        "withdrawn": 1,
    }

    assert_gone(removed, reader)
    assert reader.get(removed.page).status_code in {404, 410}
    assert Publication.objects.get(pk=removed.publication).state == "withdrawn"
    assert not Revision.objects.filter(publication=removed.publication).exists()

    assert_gone(renamed, reader)
    (now,) = Revision.objects.filter(publication=renamed.publication)
    assert now.title == _NEW
    # The number is the same; whatever stands behind it in the address leads to the new words alike.
    anything = reader.get(f"/es/works/{renamed.publication}-cualquier-cosa/")
    assert reader.get(renamed.page).headers["Location"] == anything.headers["Location"] == f"/es/{now.page}"
    assert renamed.title not in reader.get(f"/es/{now.page}").content.decode()
    assert renamed.subject in subjects_of("zarzaparrilla")

    (newest,) = Revision.objects.filter(publication=changed.publication)
    assert subjects_of("xilófonos") == [changed.subject]
    assert "xilófonos" in reader.get(changed.page).content.decode()
    # What was in review goes there again at once; the rest at the pace that its team is handed records of catalogues.
    actions.submit_waiting(at=at + timedelta(days=1))
    queued = Case.objects.filter(subject__in=(renamed.subject, changed.subject), state="open")
    assert set(queued.values_list("subject", "revision")) == {
        (renamed.subject, now.number),
        (changed.subject, newest.number),
    }

    before = written()
    third = follow()
    assert (third.counts["unchanged"], written() - before) == (first.counts["new"] - 1, 0)
