"""What can be taken along of a work: its citation, and its date for a calendar."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from altavoz.core.subjects import subject_of
from altavoz.showcase.reading import WorkPage
from altavoz.web import calendars, citing
from altavoz.web.caching import about, public_page
from altavoz.web.pages import works

_OF_WORK = public_page(subjects=lambda pk: {subject_of("showcase.publication", pk)})


@_OF_WORK
def bibtex(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the citation for BibLaTeX."""
    return _file(citing.bibtex(_cited(request, pk)), "application/x-bibtex", f"altavoz-{pk}.bib")


@_OF_WORK
def cff(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the citation in the Citation File Format."""
    return _file(citing.cff(_cited(request, pk)), "application/yaml", "CITATION.cff")


@_OF_WORK
def calendar(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """Answer with the date of what can be watched live, for calendar programs."""
    page = works.visible(pk)
    shown = page.shown
    if shown.starts_at is None:
        raise Http404
    address = f"{settings.PUBLIC_URL}/{get_language()}/{shown.page}"
    event = calendars.Event(
        uid=f"publication-{pk}@{urlsplit(settings.PUBLIC_URL).hostname}",
        version=shown.number,
        changed_at=shown.created_at,
        starts_at=shown.starts_at,
        length=timedelta(seconds=shown.duration_s) if shown.duration_s else None,
        title=shown.title,
        words="\n\n".join(part for part in (_names(page), shown.summary, shown.url, address) if part),
        url=shown.url,
        language=shown.metadata_language,
    )
    return _file(calendars.calendar(event), "text/calendar", f"altavoz-{pk}.ics")


def _cited(request: HttpRequest, pk: int) -> citing.Work:
    page = works.visible(pk)
    about(request, *(creator.subject for creator in page.creators))
    return works.citation(page.publication, page.shown, page.creators)


def _names(page: WorkPage) -> str:
    return ", ".join(creator.name for creator in page.creators)


def _file(text: str, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=headers)
