"""Works, creators, hubs and the site as schema.org describes them, for machines that read pages.

Each kind has what Google asks for in its rich results: a picture, a name, a date with its zone, a provider.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from altavoz.core import languages
from altavoz.core.text import shorten
from altavoz.showcase.models import Creator, Publication, Revision
from altavoz.web import embeds

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
_HEADLINE, _DESCRIPTION = 110, 2_000
_WIDE = 8  # code points that nearly no letter is longer than
_SCHEMA = "https://schema.org"
_Values = Mapping[str, object]


def work(
    found: Publication,
    shown: Revision,
    creators: Sequence[Creator],
    address: str,
    *,
    image: str = "",
) -> SafeString:
    """Return the work as JSON-LD, safe to stand within a script element.

    `image` stands in where the work has no picture. What is live and tells when it starts is an event.
    """
    kind = "Event" if shown.starts_at else _TYPES.get(shown.kind, "CreativeWork")
    pictures = [one for one in (picture(shown), image) if one]
    described = {
        "@context": _SCHEMA,
        "@type": kind,
        "description": brief(shown.summary or shown.title, _DESCRIPTION),
        "inLanguage": shown.spoken_language,
        "url": shown.url,
        "mainEntityOfPage": address,
        "keywords": list(shown.topics),
        "image": pictures,
        "license": shown.licence if shown.licence.startswith("https://") else "",
    }
    own = _PARTS.get(kind, _other)(found, shown, [_person(creator) for creator in creators])
    return _script({**described, **own, "thumbnailUrl": pictures if kind == "VideoObject" else []})


def _published(found: Publication, shown: Revision) -> str:
    return (shown.published_at or found.first_published_at or found.gathered_at).isoformat()


def _duration(shown: Revision) -> str:
    return f"PT{shown.duration_s}S" if shown.duration_s else ""


def _video(found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    player = embeds.player(shown.url, media_url=shown.media_url, media_type=shown.media_type)
    return {
        "name": shown.title,
        "uploadDate": _published(found, shown),
        "duration": _duration(shown),
        "embedUrl": player.address if player and player.kind == "frame" else "",
        "contentUrl": shown.media_url if shown.media_type.startswith("video/") else "",
        "author": authors,
    }


def _article(found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    return {
        "headline": brief(shown.title, _HEADLINE),
        "datePublished": _published(found, shown),
        "dateModified": shown.created_at.isoformat(),
        "author": authors,
    }


def _episode(found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    sound = {"@type": "AudioObject", "contentUrl": shown.media_url, "encodingFormat": shown.media_type}
    series = [{"@type": "PodcastSeries", "name": one["name"], "url": one["url"]} for one in authors[:1]]
    return {
        **_other(found, shown, authors),
        "duration": _duration(shown),
        "associatedMedia": sound if shown.media_url else {},
        "partOfSeries": series,
    }


def _course(found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    instance = {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": _duration(shown)}
    return {
        "name": shown.title,
        "datePublished": _published(found, shown),
        "provider": authors or [_host(shown)],
        "hasCourseInstance": instance if shown.duration_s else {},
    }


def _event(_found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    return {
        "name": shown.title,
        "startDate": shown.starts_at.isoformat() if shown.starts_at else "",
        "duration": _duration(shown),
        "eventStatus": f"{_SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{_SCHEMA}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": shown.url},
        "organizer": authors,
    }


def _other(found: Publication, shown: Revision, authors: list[_Values]) -> _Values:
    return {"name": shown.title, "datePublished": _published(found, shown), "author": authors}


_PARTS: Final = {
    "VideoObject": _video,
    "Article": _article,
    "PodcastEpisode": _episode,
    "Course": _course,
    "Event": _event,
}


def creator(found: Creator, address: str = "", *, image: str = "") -> SafeString:
    """Return the page of a creator as JSON-LD."""
    person = {
        **_person(found, address),
        "description": found.about,
        "image": image,
        "sameAs": [found.website] if found.website else [],
        "alternateName": list(found.handles.values()),
    }
    described = {
        "@context": _SCHEMA,
        "@type": "ProfilePage",
        "url": address,
        "dateCreated": found.created_at.isoformat(),
        "mainEntity": _given({**person, "@id": f"{address}#creator"}),
    }
    return _script(described)


def hub(
    tag: str, address: str, *, name: str, image: str = "", works: Sequence[tuple[str, str]] = ()
) -> SafeString:
    """Return the hub of a language as JSON-LD; `works` are (title, absolute address) in the order shown."""
    listed = [
        {"@type": "ListItem", "position": place, "name": title, "url": href}
        for place, (title, href) in enumerate(works, 1)
    ]
    described = {
        "@context": _SCHEMA,
        "@type": "CollectionPage",
        "name": name,
        "url": address,
        "image": image,
        "about": {"@type": "Language", "name": languages.autonym(tag), "alternateName": tag},
        "isPartOf": {"@type": "WebSite", "name": "Altavoz", "url": f"{settings.PUBLIC_URL}/"},
        "mainEntity": {"@type": "ItemList", "itemListElement": listed} if listed else {},
    }
    return _script(described)


def site(language: str, *, search: str, image: str = "") -> SafeString:
    """Return the site as JSON-LD; `search` is the absolute address of the page that finds works."""
    described = {
        "@context": _SCHEMA,
        "@type": "WebSite",
        "name": "Altavoz",
        "url": f"{settings.PUBLIC_URL}/",
        "inLanguage": language,
        "image": image,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return _script(described)


def brief(text: str, most: int) -> str:
    """Return the beginning of a text, without looking at all of a long one."""
    return text if len(text) <= most else shorten(text[: most * _WIDE], most)


def picture(shown: Revision) -> str:
    """Return the address of the widest picture of a work; nothing where it has none."""
    renditions = shown.thumbnail.renditions if shown.thumbnail else []
    return urljoin(settings.PUBLIC_URL, default_storage.url(renditions[-1]["name"])) if renditions else ""


def _person(found: Creator, address: str = "") -> _Values:
    """Whoever it is: a name, and where they are found: their own site, else their page here."""
    ours = address or f"{settings.PUBLIC_URL}/en/{iri_to_uri(found.page)}"
    return {"@type": "Person", "name": found.name, "url": found.website or ours}


def _host(shown: Revision) -> _Values:
    """Return the site a work is published on."""
    parts = urlsplit(shown.url)
    return {
        "@type": "Organization",
        "name": parts.hostname or shown.url,
        "url": f"{parts.scheme}://{parts.netloc}/",
    }


def _given(described: _Values) -> dict[str, object]:
    """Return what has a value, at every depth."""
    kept = {name: _given(value) if isinstance(value, dict) else value for name, value in described.items()}
    return {name: value for name, value in kept.items() if value}


def _script(described: _Values) -> SafeString:
    return mark_safe(json.dumps(_given(described), ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here
