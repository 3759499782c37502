"""The work that a page describes in JSON-LD (schema.org)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from altavoz.ingest.parsing.values import Json, Kind

_KINDS = {
    "VideoObject": Kind.VIDEO,
    "PodcastEpisode": Kind.PODCAST,
    "AudioObject": Kind.PODCAST,
    "Course": Kind.COURSE,
    "BroadcastEvent": Kind.LIVE,
    "Article": Kind.ARTICLE,
    "BlogPosting": Kind.ARTICLE,
    "NewsArticle": Kind.ARTICLE,
    "TechArticle": Kind.ARTICLE,
}
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Work:
    """What JSON-LD tells of a work; everything may be missing."""

    kind: Kind | None = None
    title: str = ""
    summary: str = ""
    published: str = ""
    starts: str = ""
    updated: str = ""
    duration: str = ""
    language: str = ""
    thumbnail: str = ""
    licence: str = ""
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


def work_of(documents: list[Json]) -> Work:
    """Return the first work that the documents describe, in the order of the table of kinds."""
    objects = [found for document in documents for found in _objects(document, 0)]
    for name, kind in _KINDS.items():
        for found in objects:
            if name in _types(found):
                return _work(found, kind)
    return Work()


def _objects(value: Json, depth: int) -> Iterator[dict[str, Json]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "video", "itemListElement"):
            yield from _objects(value.get(name), depth + 1)


def _types(found: dict[str, Json]) -> list[str]:
    told = found.get("@type")
    names = told if isinstance(told, list) else [told]
    return [str(name).rsplit("/", 1)[-1] for name in names]


def _work(found: dict[str, Json], kind: Kind) -> Work:
    return Work(
        kind=kind,
        title=_text(found, "name") or _text(found, "headline"),
        summary=_text(found, "description") or _text(found, "abstract"),
        published=_text(found, "datePublished") or _text(found, "uploadDate"),
        starts=_text(found, "startDate") or _broadcast(found.get("publication")),
        updated=_text(found, "dateModified"),
        duration=_text(found, "duration") or _text(found, "timeRequired"),
        language=_text(found, "inLanguage"),
        thumbnail=_text(found, "thumbnailUrl") or _text(found, "image"),
        licence=_text(found, "license"),
        authors=_names(found.get("author") or found.get("creator")),
        topics=_words(found.get("keywords")),
    )


def _text(found: dict[str, Json], name: str) -> str:
    value = found.get(name)
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("alternateName") or value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _broadcast(value: Json) -> str:
    """Return when a video that is broadcast live begins, as its `publication` tells."""
    events = value if isinstance(value, list) else [value]
    return next((_text(each, "startDate") for each in events if isinstance(each, dict)), "")


def _names(value: Json) -> list[str]:
    people = value if isinstance(value, list) else [value]
    return [name for each in people if (name := _text({"it": _named(each)}, "it"))]


def _named(person: Json) -> Json:
    return person.get("name") if isinstance(person, dict) else person


def _words(value: Json) -> list[str]:
    if isinstance(value, str):
        return value.split(",")
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
