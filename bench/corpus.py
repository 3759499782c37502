"""The works that graded queries are asked of: the real catalogue, and an invented one where that has no works."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from altavoz.core import languages
from altavoz.search.documents import Document
from bench import catalogue

FOLDER = Path("bench/queries")
_START = datetime(2016, 1, 1, tzinfo=UTC)


def documents(tags: tuple[str, ...]) -> list[Document]:
    """Return the works in these languages; the subject of each ends with its name in the catalogue."""
    return [*_real(frozenset(tags)), *invented()]


def _real(tags: frozenset[str]) -> Iterator[Document]:
    from altavoz.ingest.pyvideo import archive, records

    for key, body in archive.read(catalogue.PATH).records.items():
        read = records.read(key, body, category="", no_publish=False)
        if not isinstance(read, records.Record):
            continue
        item = read.item
        spoken = languages.base(item.language)
        if spoken not in tags:
            continue
        told = languages.detect(f"{item.title}\n{item.summary}", among=(spoken, "en"), prior=spoken).language
        yield Document(
            subject=f"showcase.publication:{key}",
            kind=item.kind,
            language=spoken,
            metadata_language=told,
            title=item.title,
            creator_names=tuple(item.authors),
            summary=item.summary[:4000],
            topics=tuple(item.topics),
            duration_s=item.duration_s,
            published_at=item.published_at,
        )


def invented() -> Iterator[Document]:
    """Yield works in Arabic, of which the catalogue has none; written for this, in the way such works are told."""
    rows = json.loads((FOLDER / "ar-works.json").read_text(encoding="utf-8"))
    for at, (title, name, topics, summary) in enumerate(rows):
        yield Document(
            subject=f"showcase.publication:ar/{at}",
            kind="talk",
            language="ar",
            metadata_language="ar",
            title=title,
            creator_names=(name,),
            summary=summary,
            topics=tuple(topics.split()),
            published_at=_START + timedelta(at * 40),
        )
