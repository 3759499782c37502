"""Works and creators as schema.org describes them, for machines that read pages."""

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe

from altavoz.showcase.models import Creator, Publication, Revision

_TYPES: Final = {
    "video": "VideoObject",
    "talk": "VideoObject",
    "podcast": "PodcastEpisode",
    "article": "Article",
    "course": "Course",
    "live": "VideoObject",
}
#: Within a script element these could end it, or open another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def work(found: Publication, shown: Revision, creators: Sequence[Creator], address: str) -> SafeString:
    """Return the work as JSON-LD, safe to stand within a script element."""
    kind = _TYPES.get(shown.kind, "CreativeWork")
    published = shown.published_at or found.first_published_at
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        ("headline" if kind == "Article" else "name"): shown.title,
        "description": shown.summary or shown.title,
        "inLanguage": shown.spoken_language,
        "url": shown.url,
        "mainEntityOfPage": address,
        "author": [_author(creator) for creator in creators],
        "keywords": list(shown.topics),
        ("uploadDate" if kind == "VideoObject" else "datePublished"): published and published.isoformat(),
        "duration": shown.duration_s and f"PT{shown.duration_s}S",
        "thumbnailUrl": picture(shown),
        "license": shown.licence,
    }
    return _script({name: value for name, value in described.items() if value})


def creator(found: Creator) -> SafeString:
    """Return the creator as JSON-LD."""
    return _script({"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": _author(found)})


def _author(found: Creator) -> dict[str, object]:
    described = {"@type": "Person", "name": found.name, "url": found.website}
    return {name: value for name, value in described.items() if value}


def picture(shown: Revision) -> str:
    """Return the address of the widest picture of a work; nothing where it has none."""
    renditions = shown.thumbnail.renditions if shown.thumbnail else []
    return urljoin(settings.PUBLIC_URL, default_storage.url(renditions[-1]["name"])) if renditions else ""


def _script(described: dict[str, object]) -> SafeString:
    return mark_safe(json.dumps(described, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here
