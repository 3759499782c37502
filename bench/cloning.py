"""Growing the works of a database to any number by SQL alone, as if they had come one by one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

from django.db import connection

#: Ids of the n-th copy stand n strides above those they were copied from.
STRIDE = 1_000_000
_TABLES = (
    "showcase_creator",
    "showcase_publication",
    "showcase_revision",
    "showcase_credit",
    "showcase_link",
    "search_indexed",
    "search_tally",
)
#: When the copy `n` of a work came out: anywhere in twelve years, the same whenever it is asked.
_DATE = (
    "(timestamptz '2014-11-01'"
    " + (hashint8({id} * 1000 + n) & 2147483647) / 2147483647.0 * interval '12 years')"
)
_COPIES = "generate_series(1, %(copies)s) AS n"
_CREATORS = f"""INSERT INTO showcase_creator
    (id, name, slug, name_key, sort_key, about, about_language, website, handles, country, claimed_at, created_at)
    SELECT id + n * {STRIDE}, name, left(slug, 70) || '-' || n, name_key, sort_key, about, about_language, website,
        handles, country, claimed_at, created_at
    FROM {_COPIES}, showcase_creator"""  # noqa: S608  constants
_REVISIONS = f"""INSERT INTO showcase_revision
    (id, number, digest, kind, title, slug, summary, metadata_language, spoken_language, url, media_url, media_type,
    duration_s, topics, captions, licence, thumbnail_url, published_at, created_at, publication_id, thumbnail_id)
    SELECT id + n * {STRIDE}, number, digest, kind, title, slug, summary, metadata_language, spoken_language,
        url || '#' || n, media_url, media_type, duration_s, topics, captions, licence, thumbnail_url,
        {_DATE.format(id="publication_id")}, created_at, publication_id + n * {STRIDE}, thumbnail_id
    FROM {_COPIES}, showcase_revision
    WHERE id IN (SELECT published_revision_id FROM showcase_publication)"""  # noqa: S608  constants
_PUBLICATIONS = f"""INSERT INTO showcase_publication
    (id, state, basis, newest, submitted, declined, language, canonical_url, collection, adoption, sampled,
    promotable, level, gathered_at, submitted_at, first_published_at, changed_at, catalogue_id, lead_id,
    published_revision_id)
    SELECT id + n * {STRIDE}, state, basis, newest, submitted, declined, language,
        CASE canonical_url WHEN '' THEN '' ELSE canonical_url || '#' || n END, collection, adoption, sampled,
        promotable, level, gathered_at, submitted_at, {_DATE.format(id="id")}, changed_at, catalogue_id,
        lead_id + n * {STRIDE}, published_revision_id + n * {STRIDE}
    FROM {_COPIES}, showcase_publication WHERE published_revision_id IS NOT NULL"""  # noqa: S608  constants
_CREDITS = f"""INSERT INTO showcase_credit (id, position, creator_id, publication_id)
    SELECT id + n * {STRIDE}, position, creator_id + n * {STRIDE}, publication_id + n * {STRIDE}
    FROM {_COPIES}, showcase_credit
    WHERE publication_id IN (SELECT id FROM showcase_publication
        WHERE published_revision_id IS NOT NULL)"""  # noqa: S608  constants
# A copy has another date, other creators and other samples than its original: in its facets, and among its terms,
# where these stand behind an equals sign.
_DOCUMENTS = f"""INSERT INTO search_indexed
    (id, subject, language, kind, published_at, facets, terms, near, digest)
    SELECT id + n * {STRIDE}, 'showcase.publication:' || pk + n * {STRIDE}, language, kind, fresh.published_at,
        array_replace(kept || theirs, 'y:', fresh.year),
        ts_delete(terms, gone) || array_to_tsvector(came || ('=' || fresh.year) || fresh.days || drawn.samples),
        near, digest
    FROM {_COPIES}, (
        SELECT *, split_part(subject, ':', 2)::bigint AS pk,
            ARRAY(SELECT f FROM unnest(facets) f WHERE f !~ '^[yc]:') || 'y:'::text AS kept,
            ARRAY(SELECT t FROM unnest(tsvector_to_array(terms)) t WHERE t ~ '^=([yc]:|[@/])') AS gone,
            ARRAY(SELECT split_part(f, ':', 3)::bigint FROM unnest(facets) f WHERE f ~ '^c:') AS creators
        FROM search_indexed) AS original,
    LATERAL (SELECT {_DATE.format(id="pk")} AS published_at,
        'y:' || extract(year FROM {_DATE.format(id="pk")} AT TIME ZONE 'UTC') AS year,
        ARRAY(SELECT to_char({_DATE.format(id="pk")} AT TIME ZONE 'UTC', form)
            FROM unnest(ARRAY['"=@"YYYY', '"=@"YYYY-MM', '"=@"YYYY-MM-DD']) form) AS days) AS fresh,
    LATERAL (SELECT ARRAY(SELECT '=/' || rate FROM unnest(ARRAY[8, 64, 512]) rate
        WHERE hashint8(id * 1000 + n) & (rate - 1) = 0) AS samples) AS drawn,
    LATERAL (SELECT coalesce(array_agg('c:showcase.creator:' || c + n * {STRIDE}), '{{}}') AS theirs,
        coalesce(array_agg('=c:showcase.creator:' || c + n * {STRIDE}), '{{}}') AS came
        FROM unnest(creators) c) AS credited"""  # noqa: S608  constants
_TOO_MANY = """WITH gone AS (DELETE FROM search_indexed WHERE id IN
        (SELECT id FROM search_indexed ORDER BY hashint8(id) OFFSET %(count)s) RETURNING subject)
    DELETE FROM showcase_publication WHERE id IN (SELECT split_part(subject, ':', 2)::bigint FROM gone)"""
_ORPHANS = """DELETE FROM {table} WHERE NOT EXISTS
    (SELECT FROM showcase_publication WHERE showcase_publication.id = {table}.publication_id)"""


def grow(count: int) -> None:
    """Afterwards `count` works are visible, their counters and the planner's statistics consistent with them."""
    has = _one("SELECT count(*) FROM search_indexed")
    copies = max(0, -(-count // has) - 1)
    with _indexes_aside():
        for sql in (_CREATORS, _REVISIONS, _PUBLICATIONS, _CREDITS, _DOCUMENTS) if copies else ():
            _run(sql, copies=copies)
        cut(count)
        _run("TRUNCATE search_tally")
        count_again()
    for table in _TABLES:
        _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
    _run("VACUUM ANALYZE")


def cut(count: int) -> None:
    """Afterwards no more than `count` works are there, drawn by lot."""
    if _one("SELECT count(*) FROM search_indexed") <= count:
        return
    _run(_TOO_MANY, count=count)
    for table in ("showcase_credit", "showcase_revision", "showcase_link"):
        _run(_ORPHANS.format(table=table))


def count_again() -> None:
    """Fill the empty counters with what putting each document would have added to them."""
    from altavoz.search import facets

    counts: Counter[tuple[str, str]] = Counter()
    for held, works in _rows(
        "SELECT ARRAY(SELECT f FROM unnest(facets) f WHERE f !~ '^c:'), count(*) FROM search_indexed GROUP BY 1"
    ):
        for scope, facet in product(facets.scopes_of(held), [facets.TOTAL, *held]):
            counts[scope, facet] += works
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY search_tally (scope, facet, change) FROM STDIN") as to,
    ):
        for (scope, facet), works in counts.items():
            to.write_row((scope, facet, works))


@contextmanager
def _indexes_aside() -> Iterator[None]:
    """Drop foreign keys, unique constraints and indexes; build them again afterwards, which is much faster."""
    keys = _rows(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
        " WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype",
        tables=list(_TABLES),
    )
    for table, name, _definition, _type in keys:
        _run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = _rows(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT indisprimary",
        tables=list(_TABLES),
    )
    for name, _definition in indexes:
        _run(f"DROP INDEX {name}")
    yield
    _run("SET maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        _run(definition)
    for table, name, definition, _type in reversed(keys):
        _run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    _run("RESET maintenance_work_mem")


def _run(sql: str, **parameters: int | list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)


def _rows(sql: str, **parameters: int | list[str]) -> list[tuple]:  # type: ignore[type-arg]  # as the statement says
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())


def _one(sql: str) -> int:
    return int(_rows(sql)[0][0])
