"""Our own pages as others embed them (oEmbed 1.0): a quotation with a link, which needs no frame and no script."""

from dataclasses import dataclass
from urllib.parse import unquote
from xml.sax.saxutils import escape as xml_escape

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from altavoz.core import languages
from altavoz.core.text import shorten
from altavoz.showcase import queries as showcase
from altavoz.web import og

_WIDTH, _HEIGHT = 600, 220
_LOW = 140  # below this there is no room for a summary
_SUMMARY = 200
_AGE_S = 3600


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A page of ours: what it is called, by whom, and its card."""

    subject: str
    title: str
    language: str
    summary: str
    author: str
    author_url: str
    image: str


def read(url: str) -> Quoted:
    """Return what an address of ours shows; raises Http404 for any other, and for what is not visible."""
    path = _path(url)
    code = path[1:].partition("/")[0]
    if code not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(code):
        match = resolve(unquote(path))
    if match.view_name == "web:work":
        return _work(match.kwargs["pk"], code)
    if match.view_name == "web:creator":
        return _creator(match.kwargs["slug"], code)
    raise Http404


def _path(url: str) -> str:
    """Return the path of an address of ours; nothing for any other."""
    if not url.startswith(f"{settings.PUBLIC_URL}/"):
        return ""
    return url.removeprefix(settings.PUBLIC_URL).partition("#")[0].partition("?")[0]


def _work(pk: int, code: str) -> Quoted:
    found = showcase.work(pk)
    if found is None or found.published_revision is None:
        raise Http404
    shown = found.published_revision
    creators = [credit.creator for credit in found.credits.all()]
    return Quoted(
        subject=found.subject,
        title=shown.title,
        language=shown.metadata_language,
        summary=shorten(shown.summary, _SUMMARY),
        author=", ".join(creator.name for creator in creators),
        author_url=f"{settings.PUBLIC_URL}/{code}/{iri_to_uri(creators[0].page)}" if creators else "",
        image=og.address(found),
    )


def _creator(slug: str, code: str) -> Quoted:
    found = showcase.creator(slug)
    if found is None:
        raise Http404
    return Quoted(
        subject=found.subject,
        title=found.name,
        language=found.about_language,
        summary=shorten(found.about, _SUMMARY),
        author=found.name,
        author_url=f"{settings.PUBLIC_URL}/{code}/{iri_to_uri(found.page)}",
        image=og.creator_address(found),
    )


def answer(quoted: Quoted, url: str, *, most_wide: int | None, most_high: int | None) -> dict[str, str | int]:
    """Return the fields of the answer, within the room that the other site has."""
    width, height = min(most_wide or _WIDTH, _WIDTH), min(most_high or _HEIGHT, _HEIGHT)
    fields: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Altavoz",
        "provider_url": f"{settings.PUBLIC_URL}/",
        "title": quoted.title,
        "author_name": quoted.author,
        "author_url": quoted.author_url,
        "cache_age": _AGE_S,
        "html": _html(quoted, url, summary=height >= _LOW),
        "width": width,
        "height": height,
    }
    if (most_wide or og.WIDTH) >= og.WIDTH and (most_high or og.HEIGHT) >= og.HEIGHT:
        fields |= {
            "thumbnail_url": quoted.image,
            "thumbnail_width": og.WIDTH,
            "thumbnail_height": og.HEIGHT,
        }
    return {name: value for name, value in fields.items() if value != ""}


def _html(quoted: Quoted, url: str, *, summary: bool) -> SafeString:
    words = format_html("<p>{}</p>", quoted.summary) if summary and quoted.summary else ""
    by = format_html_join(" · ", "{}", [(part,) for part in (quoted.author, "Altavoz") if part])
    tag = languages.normalise(quoted.language) if quoted.language else languages.UNKNOWN
    return format_html(
        '<blockquote class="altavoz" cite="{}" lang="{}" dir="auto"><p><a href="{}">{}</a></p>{}<footer>{}</footer>'
        "</blockquote>",
        url, "" if tag == languages.UNKNOWN else tag, url, quoted.title, words, by,
    )  # fmt: skip


def xml(fields: dict[str, str | int]) -> str:
    """Return the answer as XML."""
    rows = "".join(f"<{name}>{xml_escape(str(value))}</{name}>\n" for name, value in fields.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{rows}</oembed>\n'
