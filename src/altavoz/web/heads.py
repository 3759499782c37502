"""What a page says of itself to machines that show links to it: Open Graph, cards, oEmbed, JSON-LD."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.showcase.models import Creator, Publication
from altavoz.web import cards, formatting, jsonld, og
from altavoz.web.cards import WorkCard

_SUMMARY = 200


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page; `language` is that of its title, `facts` are further properties of Open Graph."""

    kind: str
    url: str
    image: str
    language: str
    title: str = ""
    description: str = ""
    handle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    data: str = ""  # JSON-LD, escaped
    embeddable: bool = False

    def html(self) -> SafeString:
        """Return the elements for the page's head."""
        properties = "".join(
            f'<meta property="{escape(name)}" content="{escape(value)}">'
            for name, value in self._properties()
            if value
        )
        names = "".join(
            f'<meta name="{escape(name)}" content="{escape(value)}">'
            for name, value in self._names()
            if value
        )
        script = f'\n<script type="application/ld+json">{self.data}</script>' if self.data else ""
        return mark_safe(properties + names + self._discovery() + script)  # noqa: S308 - every part is escaped

    def _properties(self) -> tuple[tuple[str, str], ...]:
        here = locale(self.language)
        others = (locale(code) for code, _ in settings.LANGUAGES)
        return (
            ("og:site_name", "Altavoz"),
            ("og:type", self.kind),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", self.url),
            ("og:locale", here),
            *(("og:locale:alternate", other) for other in others if other != here),
            ("og:image", self.image),
            ("og:image:type", "image/png"),
            ("og:image:width", str(og.WIDTH)),
            ("og:image:height", str(og.HEIGHT)),
            ("og:image:alt", self.title or "Altavoz"),
            *self.facts,
        )

    def _names(self) -> tuple[tuple[str, str], ...]:
        return (("twitter:card", "summary_large_image"), ("fediverse:creator", self.handle))

    def _discovery(self) -> str:
        if not self.embeddable:
            return ""
        links = (("json", "application/json+oembed"), ("xml", "text/xml+oembed"))
        return "".join(
            f'<link rel="alternate" type="{media_type}" title="{escape(self.title)}"'
            f' href="{escape(oembed_address(self.url, form))}">'
            for form, media_type in links
        )


def oembed_address(url: str, form: str) -> str:
    """Return where a page of ours is described for those who embed it, as "json" or "xml"."""
    return f"{settings.PUBLIC_URL}{_oembed()}?{urlencode({'url': url, 'format': form})}"


@lru_cache(maxsize=1)
def _oembed() -> str:
    return reverse("machines:oembed")


def of_work(found: Publication, url: str) -> Head:
    """Return the head of a visible work's page at the absolute address `url`."""
    shown = found.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    creators = [credit.creator for credit in found.credits.all()]
    image = og.address(found)
    published = shown.published_at or found.first_published_at
    return Head(
        kind="video.other" if shown.kind in {"video", "talk", "live"} else "article",
        url=url,
        image=image,
        language=shown.metadata_language,
        title=shown.title,
        description=jsonld.brief(shown.summary or shown.title, _SUMMARY),
        handle=cards.fediverse(creators),
        facts=_facts(shown.kind, published, shown.duration_s, shown.topics),
        data=jsonld.work(found, shown, creators, url, image=image),
        embeddable=True,
    )


def _facts(
    kind: str, published: datetime | None, duration_s: int | None, topics: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return the properties that Open Graph knows for the kind of the work."""
    when = published.isoformat() if published else ""
    if kind in {"video", "talk", "live"}:
        tags = (("video:tag", topic) for topic in topics)
        return (("video:release_date", when), ("video:duration", str(duration_s or "")), *tags)
    return (("article:published_time", when), *(("article:tag", topic) for topic in topics))


def of_creator(found: Creator, url: str) -> Head:
    """Return the head of a creator's page."""
    image = og.creator_address(found)
    return Head(
        kind="profile",
        url=url,
        image=image,
        language=found.about_language,
        title=found.name,
        description=jsonld.brief(found.about, _SUMMARY),
        handle=cards.fediverse([found]),
        facts=(("profile:username", found.slug),),
        data=jsonld.creator(found, url, image=image),
        embeddable=True,
    )


def of_language(tag: str, url: str, works: Sequence[WorkCard]) -> Head:
    """Return the head of the hub of a language, which lists these works."""
    own = tag in languages.CONTENT_LANGUAGES
    image = og.language_address(tag) if own else og.site_address()
    base = url[: url.index("/languages/") + 1]
    title = f"{languages.autonym(tag)} · Altavoz"
    words = _("Works about Python in this language: %(language)s.") % {
        "language": formatting.language_name(tag)
    }
    listed = [(work.title, base + iri_to_uri(work.page)) for work in works]
    return Head(
        kind="website",
        url=url,
        image=image,
        language=tag,
        title=title,
        description=words,
        data=jsonld.hub(tag, url, name=title, image=image, works=listed),
    )


def of_page(url: str, code: str, *, home: bool) -> Head:
    """Return the head of any other page; the front page describes the site."""
    image = og.site_address()
    search = f"{settings.PUBLIC_URL}/{code}/explore/"
    data = jsonld.site(formatting.bcp47(code), search=search, image=image) if home else ""
    return Head(kind="website", url=url, image=image, language=code, data=data)


@lru_cache(maxsize=256)
def locale(tag: str) -> str:
    """Return a language as Open Graph writes it, with the country where most of its speakers are: "es_ES"."""
    parts = languages.normalise(tag).split("-")
    if parts == [languages.UNKNOWN]:
        return ""
    likely = get_global("likely_subtags").get("_".join(parts)) or get_global("likely_subtags").get(parts[0])
    try:
        found = Locale.parse("_".join(parts))
        territory = found.territory or (Locale.parse(likely).territory if likely else None)
    except (UnknownLocaleError, ValueError):
        return ""
    return f"{found.language}_{territory}" if territory else found.language
