"""One record of the catalogue: read whatever its many authors meant, and say what had to be repaired."""

import html
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from altavoz.core import text as words
from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date, sane_duration
from altavoz.ingest.parsing.texts import has_markup, listed, plain, prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Item, Json, Kind
from altavoz.ingest.pyvideo import licences
from altavoz.ingest.pyvideo.findings import Finding
from altavoz.ingest.pyvideo.people import speakers

_MISSPELT = {
    ",duration": "duration",
    "related_url": "related_urls",
    "langauge": "language",
    "lanugage": "language",
}
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
#: Types of videos that are files; the others are pages that show them.
_FILES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mkv": "video/x-matroska",
    "flv": "video/x-flv",
}
_RELATED = 20
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """A record that can be stored."""

    item: Item
    extra: Mapping[str, Json]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that cannot be stored, and why."""

    finding: Finding


def identity(body: bytes) -> int | None:
    """Return the number under which NO_PUBLISH.json knows a record; None if it has none or cannot be read."""
    # Most records have no number at all: what is not there need not be parsed.
    if b'"id"' not in body:
        return None
    told = _loads(body)
    number = told.get("id") if isinstance(told, dict) else None
    return number if isinstance(number, int) else None


def read(key: str, body: bytes, *, category: str, no_publish: bool) -> Record | Rejected:
    """Return the record, or why it is refused; every repair is a finding."""
    told = _loads(body)
    if told is None:
        return Rejected(Finding("bad_json", key))
    if not isinstance(told, dict):
        return Rejected(Finding("not_an_object", key, type(told).__name__))
    return _Reader(key, told).record(category, no_publish=no_publish)


def category_title(slug: str, body: bytes | None) -> tuple[str, bool]:
    """Return the title of a category, and whether its file told it."""
    told = _loads(body) if body else None
    title = told.get("title") if isinstance(told, dict) else None
    clean = plain(title, 200) if isinstance(title, str) else ""
    return clean or slug, bool(clean)


def _loads(body: bytes) -> Json:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


class _Reader:
    """A record while it is read, with what was found in it."""

    def __init__(self, key: str, told: dict[str, Json]) -> None:
        self.key = key
        self.findings: dict[tuple[str, str], Finding] = {}
        self.told = {_MISSPELT.get(name, name): value for name, value in told.items()}
        for name in told.keys() & _MISSPELT.keys():
            self.note("key_misspelt", name)

    def note(self, code: str, detail: str = "") -> None:
        self.findings.setdefault((code, detail), Finding(code, self.key, detail[:200]))

    def record(self, category: str, *, no_publish: bool) -> Record | Rejected:
        title = self.text("title", MAX_TITLE, lines=False)
        pages, files = self.videos()
        if not title:
            return Rejected(Finding("no_title", self.key))
        if not pages and not files:
            return Rejected(Finding("no_address", self.key))
        if no_publish:
            self.note("no_publish_listed")
            files = []
        media_url, media_type = files[0] if files else ("", "")
        item = Item(
            key=self.key,
            url=pages[0] if pages else media_url or "",
            title=title,
            summary=self.summary(),
            authors=speakers(self.told.get("speakers"), self.note),
            published_at=self.date(),
            language=self.language(),
            kind=Kind.TALK,
            media_url=media_url,
            media_type=media_type,
            thumbnail_url="" if no_publish else self.thumbnail(),
            duration_s=self.duration(),
            topics=self.topics(),
            licence=self.licence(),
        )
        if not item.url:
            return Rejected(Finding("no_address", self.key))
        extra = {"category": category, "related": self.related()} | (
            {"no_publish": True} if no_publish else {}
        )
        return Record(item, extra, tuple(self.findings.values()))

    def summary(self) -> str:
        return next(
            (
                found
                for name in ("description", "summary", "abstract")
                if (found := self.text(name, MAX_SUMMARY))
            ),
            "",
        )

    def text(self, name: str, limit: int, *, lines: bool = True) -> str:
        told = self.told.get(name)
        if not told:
            return ""
        if not isinstance(told, str):
            self.note("field_type", name)
            return ""
        self._inspect(name, told, limit)
        return prose(told, limit) if lines else plain(told, limit)

    def _inspect(self, name: str, told: str, limit: int) -> None:
        if _INVISIBLE.search(told):
            self.note("text_invisible", name)
        if "&" in told and _ENTITY.search(told) and html.unescape(told) != told:
            self.note("text_entities", name)
        if has_markup(told):
            self.note("text_markup", name)
        if "\ufffd" in told:
            self.note("text_replacement", name)
        if not told.isascii() and words.repair_mojibake(told) != told:
            self.note("text_mojibake", name)
        if len(told) > limit:
            self.note("text_too_long", name)

    def videos(self) -> tuple[list[str], list[tuple[str, str]]]:
        """Return addresses of pages, YouTube first, and of files with their types."""
        pages: list[str] = []
        files: list[tuple[str, str]] = []
        told = self.told.get("videos")
        for each in told if isinstance(told, list) else ():
            url = each.get("url") if isinstance(each, dict) else None
            where = addresses.absolute(url, "") if isinstance(url, str) else ""
            if not where:
                self.note("field_type", "videos")
                continue
            media_type = _FILES.get(str(each.get("type")).lower()) or _FILES.get(
                where.rsplit(".", 1)[-1].lower(), ""
            )
            if media_type:
                files.append((where, media_type))
            else:
                pages.append(where)
        pages.sort(key=lambda page: not addresses.youtube_video(page))
        return pages, files

    def date(self) -> datetime | None:
        told = self.told.get("recorded")
        if not isinstance(told, str) or not told.strip():
            self.note("date_bad", str(told))
            return None
        found = parse_date(told)
        if found is None:
            self.note("date_bad", told)
        elif "T" in told and not re.search(r"(?:Z|[+-]\d\d:?\d\d)$", told):
            self.note("date_naive", told)
        return found

    def language(self) -> str:
        told = self.told.get("language")
        if not isinstance(told, str) or not told.strip():
            self.note("language_missing")
            return ""
        found = ext.tag(told)
        if not found:
            self.note("language_unknown", told)
        return found

    def duration(self) -> int | None:
        told = self.told.get("duration")
        if told is None:
            videos = self.told.get("videos")
            lengths = (
                [each.get("length") for each in videos if isinstance(each, dict)]
                if isinstance(videos, list)
                else []
            )
            told = next((each for each in lengths if each), None)
        if told is None or (isinstance(told, int | float) and not told):
            return None
        if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
            self.note("duration_absurd", str(told))
            return None
        return self._seconds(told)

    def _seconds(self, told: float) -> int | None:
        if isinstance(told, float) and not told.is_integer():
            self.note("duration_fraction", str(told))
        if found := sane_duration(told):
            return found
        if found := sane_duration(told / _MILLISECONDS):
            self.note("duration_milliseconds", str(told))
            return found
        self.note("duration_absurd", str(told))
        return None

    def thumbnail(self) -> str:
        told = self.told.get("thumbnail_url")
        found = addresses.absolute(told, "") if isinstance(told, str) else ""
        if not found:
            self.note("thumbnail_empty", "" if told is None else str(told))
        return ext.steady_thumbnail(found)

    def topics(self) -> tuple[str, ...]:
        told = self.told.get("tags")
        return listed([each for each in told if isinstance(each, str)]) if isinstance(told, list) else ()

    def licence(self) -> str:
        told = self.told.get("copyright_text")
        if not isinstance(told, str):
            return ""
        found = licences.usual(told)[:200]
        if found and found != told.strip():
            self.note("licence_spelling", told)
        return found

    def related(self) -> list[dict[str, str]]:
        told = self.told.get("related_urls")
        links = told if isinstance(told, list) else []
        if len({type(each) for each in links}) > 1:
            self.note("links_mixed")
        found: dict[str, str] = {}
        for each in links:
            url, label = (each.get("url"), each.get("label")) if isinstance(each, dict) else (each, "")
            if isinstance(url, str) and (where := addresses.absolute(url, "")):
                found.setdefault(where, plain(label, 200) if isinstance(label, str) else "")
        return [{"url": url, "label": label} for url, label in list(found.items())[:_RELATED]]
