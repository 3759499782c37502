"""What people wrote about a work in the language of its reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from altavoz.core import languages
from altavoz.showcase.models import Revision, WorkTranslation
from altavoz.web import readers
from altavoz.web.cards import Link


@dataclass(frozen=True)
class Translated:
    """Title and summary in another language, with whom to thank; `stale` where the original says more by now."""

    subject: str
    title: str
    summary: str
    language: str
    credit: str
    stale: bool


def for_reader(
    request: HttpRequest, found: Mapping[str, WorkTranslation], shown: Revision
) -> tuple[Translated | None, tuple[Link, ...]]:
    """Return the translation this reader wants, if there is one, and links to the pages that show the others."""
    wanted = _wanted(request, shown)
    chosen = next(
        (row for tag in wanted for row in found.values() if languages.base(row.language) == tag), None
    )
    others = tuple(
        Link(label=languages.autonym(row.language), href=f"/{code}/{shown.page}", language=row.language)
        for row in found.values()
        if row is not chosen and (code := _interface(row.language))
    )
    return (_translated(chosen, shown) if chosen else None), others


def _wanted(request: HttpRequest, shown: Revision) -> tuple[str, ...]:
    """Return the languages in which this reader would rather read, best first; none where they read the original."""
    original = languages.base(shown.metadata_language)
    page = languages.base(get_language() or settings.LANGUAGE_CODE)
    if page == original:
        return ()
    reads = tuple(languages.base(tag) for tag in readers.chosen(request))
    return (page,) if original in reads else tuple(dict.fromkeys((page, *reads)))


def _interface(tag: str) -> str:
    """Return the interface language in which a page shows a translation."""
    codes = (code for code, _name in settings.LANGUAGES if languages.base(code) == languages.base(tag))
    return next(codes, "")


def _translated(row: WorkTranslation, shown: Revision) -> Translated:
    return Translated(row.subject, row.title, row.summary, row.language, row.credit, row.is_stale(shown))
