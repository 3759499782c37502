"""The ways to change the index. All statements are whole-batch; their values travel as parameters."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product
from typing import Any

from django.db import connection, transaction

from altavoz.search import facets, indexing
from altavoz.search.documents import Document
from altavoz.search.indexing import Row

_BATCH = 1000

_COLUMNS = "subject, language, kind, published_at, facets, terms, near, digest"
_RECORDS = """jsonb_to_recordset(%s) AS given(subject text, language text, kind text, published_at timestamptz,
    facets text[], terms tsvector, near int[], digest text)"""
_INSERT = f"""INSERT INTO search_indexed ({_COLUMNS}) SELECT {_COLUMNS} FROM {_RECORDS}
    ON CONFLICT (subject) DO NOTHING RETURNING subject"""  # noqa: S608 -- constants
_LOCK = (
    "SELECT subject, digest, facets FROM search_indexed WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE"
)
_UPDATE = f"""UPDATE search_indexed SET language = given.language, kind = given.kind, facets = given.facets,
    published_at = given.published_at, terms = given.terms, near = given.near, digest = given.digest
    FROM {_RECORDS} WHERE search_indexed.subject = given.subject"""  # noqa: S608 -- constants
_DELETE = """WITH locked AS (SELECT id FROM search_indexed WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE)
    DELETE FROM search_indexed WHERE id IN (SELECT id FROM locked) RETURNING facets"""
_COUNT = """INSERT INTO search_tally (scope, facet, change)
    SELECT scope, facet, change FROM jsonb_to_recordset(%s) AS given(scope text, facet text, change int)"""
_FOLD = """WITH gone AS (DELETE FROM search_tally WHERE scope IN
        (SELECT scope FROM search_tally GROUP BY scope HAVING count(*) > count(DISTINCT facet) LIMIT 2000)
        RETURNING scope, facet, change)
    INSERT INTO search_tally (scope, facet, change)
    SELECT scope, facet, sum(change) FROM gone GROUP BY scope, facet HAVING sum(change) <> 0"""


def put(*documents: Document) -> None:
    """Make each of `documents` be found as given, in place of what stood for its subject. Idempotent."""
    put_many(documents)


def put_many(documents: Iterable[Document]) -> int:
    """Put any number of documents, a thousand in one transaction; return how many rows were written.

    Documents that stand in the index unchanged are not written. Of several for one subject the last counts.
    """
    remaining = iter(documents)
    written = 0
    while batch := {document.subject: document for document in islice(remaining, _BATCH)}:
        written += _put_batch([batch[subject] for subject in sorted(batch)])
    return written


@transaction.atomic
def remove(*subjects: str) -> None:
    """Make `subjects` be found no more: no word of theirs stays in the index. Idempotent."""
    difference: Counter[tuple[str, ...]] = Counter()
    difference.subtract(tuple(found) for (found,) in _rows(_DELETE, [sorted(set(subjects))]))
    _count(difference)


@transaction.atomic
def fold_tallies() -> None:
    """Add up the changes to each counter; what the counters say stays the same."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)


@transaction.atomic
def _put_batch(documents: Sequence[Document]) -> int:
    """Lock what stands there, insert what is missing, rewrite what changed, count the difference.

    Two that insert the same subject at once: the second waits, inserts nothing, and then finds the row of
    the first to rewrite; so each counts only what it changed itself.
    """
    stored = _locked([document.subject for document in documents])
    rows = {
        document.subject: indexing.row(document)
        for document in documents
        if document.subject not in stored or stored[document.subject][0] != indexing.digest(document)
    }
    fresh = _insert([row for subject, row in rows.items() if subject not in stored])
    stored |= _locked([subject for subject in rows if subject not in stored and subject not in fresh])
    _update([row for subject, row in rows.items() if subject not in fresh])
    difference = Counter(tuple(row["facets"]) for row in rows.values())
    difference.subtract(tuple(stored[subject][1]) for subject in rows if subject not in fresh)
    _count(difference)
    return len(rows)


def _locked(subjects: list[str]) -> dict[str, tuple[str, list[str]]]:
    """Return digest and facets of the rows of `subjects`, locked."""
    found = _rows(_LOCK, [subjects]) if subjects else []
    return {subject: (digest, facets) for subject, digest, facets in found}


def _insert(rows: list[Row]) -> set[str]:
    return {subject for (subject,) in _rows(_INSERT, [_json(rows)])} if rows else set()


def _update(rows: list[Row]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [_json(rows)])


def _count(difference: Mapping[tuple[str, ...], int]) -> None:
    """Add to the counters what documents with these facets have become more or fewer."""
    changes: Counter[tuple[str, str]] = Counter()
    for found, change in difference.items():
        values = [facets.TOTAL, *(facet for facet in found if facet[0] in facets.NAMES)]
        for key in product(facets.scopes_of(found) if change else (), values):
            changes[key] += change
    rows = [{"scope": scope, "facet": facet, "change": n} for (scope, facet), n in changes.items() if n]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [_json(rows)])


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False)
