"""The page of a work."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.core.subjects import subject_of
from altavoz.core.text import shorten
from altavoz.search import queries as search
from altavoz.showcase import queries as showcase
from altavoz.showcase import reading
from altavoz.showcase.models import Creator, Publication, Revision
from altavoz.showcase.reading import WorkPage
from altavoz.web import cards, citing, embeds, translated
from altavoz.web.caching import about, public_page
from altavoz.web.components.kind_icon.tag import name as kind_name
from altavoz.web.listing import LEVELS
from altavoz.web.pages import errors

_RELATED = 6


@public_page(subjects=lambda pk, slug: {subject_of("showcase.publication", pk)})  # noqa: ARG005 - the view's arguments
def work(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a visible work; any other slug leads to its own address; what was taken back is gone, others unknown."""
    page = reading.work_page(pk)
    if page is None and showcase.is_gone(pk):
        return errors.gone(request)
    if page is None:
        raise Http404
    shown = page.shown
    if shown.slug != slug:
        return HttpResponseRedirect(f"/{get_language()}/{shown.page}")
    about(request, *(creator.subject for creator in page.creators), *_catalogue(page.publication))
    player = embeds.player(
        shown.url, media_url=shown.media_url, media_type=shown.media_type, secure=_is_secure()
    )
    values = {
        "player": player,
        "summary": shorten(shown.summary or shown.title, 180),
        **_words(request, page),
        **_onwards(request, page),
    }
    response = render(request, "web/work.html", values)
    response._csp_replace = _opened_for(player)  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_replace does it
    return response


def visible(pk: int) -> WorkPage:
    """Return a visible work with what its page shows. Raises Http404 for any other."""
    page = reading.work_page(pk)
    if page is None:
        raise Http404
    return page


def citation(found: Publication, shown: Revision, creators: Sequence[Creator]) -> citing.Work:
    """Return the work as it is cited today."""
    published = shown.starts_at or shown.published_at or found.first_published_at
    return citing.Work(
        key=f"altavoz{found.pk}",
        title=shown.title,
        authors=tuple(creator.name for creator in creators),
        published=published.date() if published else None,
        url=shown.url,
        host=host_of(shown),
        kind=shown.kind,
        form=kind_name(shown.kind),
        language=shown.spoken_language,
        seen=timezone.now().date(),
    )


def host_of(shown: Revision) -> str:
    """Return where the work lives, as people say it."""
    return (urlsplit(shown.url).hostname or "").removeprefix("www.")


def _words(request: HttpRequest, page: WorkPage) -> dict[str, object]:
    """Return what the page says of the work itself, in its language and the reader's."""
    found, shown = page.publication, page.shown
    own, others = translated.for_reader(request, page.translations, shown)
    return {
        "work": cards.shown(found, page.creators),
        "publication": found,
        "shown": shown,
        "creators": page.creators,
        "translation": own,
        "translations": others,
        "host": host_of(shown),
        "captions": _captions(page),
        "topics": page.topics(get_language() or ""),
        "level": LEVELS.get(found.level, found.level),
        "citation": citation(found, shown, page.creators),
        "starts_at": shown.starts_at if shown.starts_at and shown.starts_at > timezone.now() else None,
    }


def _onwards(request: HttpRequest, page: WorkPage) -> dict[str, object]:
    """Return where the page leads: its place, more by the creator, and related works; their cards in one question."""
    # Those of the same creator come last among the related ones, and stand there already.
    near = [hit.subject for hit in search.related(page.publication.subject, limit=_RELATED + reading.MORE)]
    related = [subject for subject in near if subject not in page.more][:_RELATED]
    drawn = {card.subject: card for card in cards.works([*page.more, *related])}
    about(request, *drawn)  # where one of them is withdrawn, nothing leads there any more
    return {
        "hub": reverse("web:language", args=[languages.base(page.shown.spoken_language)]),
        "trail": _trail(page.shown),
        "more": [drawn[subject] for subject in page.more if subject in drawn],
        "related": [drawn[subject] for subject in related if subject in drawn],
    }


def _trail(shown: Revision) -> tuple[cards.Link, ...]:
    """Return the way to the work: all works, its language, itself."""
    tag = languages.base(shown.spoken_language)
    return (
        cards.Link(label=_("Explore"), href=reverse("web:explore")),
        cards.Link(label=languages.autonym(tag), href=reverse("web:language", args=[tag]), language=tag),
        cards.Link(label=shown.title, href="", language=shown.metadata_language),
    )


def _catalogue(found: Publication) -> tuple[str, ...]:
    return (found.catalogue.subject,) if found.catalogue else ()


def _captions(page: WorkPage) -> list[cards.Link]:
    """Return each language with captions; where the source offers the words themselves, with their address."""
    shown = page.shown
    known = {urlsplit(address).hostname for address in (shown.url, shown.media_url)}
    addresses = {
        one.language: one.url
        for one in page.transcripts
        # Where the words are kept was not reviewed, so they must lie where the reviewed work does.
        if one.url.startswith(("https://", "http://")) and urlsplit(one.url).hostname in known
    }
    return [
        cards.Link(label=languages.autonym(tag), href=addresses.get(tag, ""), language=tag)
        for tag in shown.captions
    ]


def _is_secure() -> bool:
    return settings.PUBLIC_URL.startswith("https://")


def _opened_for(player: embeds.Player | None) -> dict[str, list[str]]:
    """Return what the page's security policy allows for its own player, and for nobody else."""
    if player is None:
        return {}
    return {"frame-src" if player.kind == "frame" else "media-src": [player.origin]}
