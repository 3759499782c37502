"""How far a creator's works reached: figures, charts, and the same as a file; for their owner only."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from altavoz.core import subjects
from altavoz.insights import policies, queries
from altavoz.people import guards
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication
from altavoz.web import csvfile, reaching
from altavoz.web.reaching import Period


@login_required
@require_safe
def creator(request: HttpRequest) -> HttpResponse:
    """Show the reach of one of the person's creators, with all their works."""
    creators = list(showcase.owned_by(guards.signed_in(request)))
    chosen = _chosen(creators, request.GET.get("creator", ""))
    period = reaching.period(request.GET.get("days", ""), timezone.now())
    values: dict[str, object] = {"creators": creators, "creator": chosen, "period": period}
    if chosen is not None:
        owned = queries.subjects_of([chosen.pk])
        values |= _shown(owned, period, {"creator": chosen.slug}, reverse("web:desk_reach_file"))
        values["works"] = reaching.works(queries.most_seen(owned, period.since, period.until), period)
    return render(request, "web/desk/reach.html", values)


@login_required
@require_safe
def creator_file(request: HttpRequest) -> HttpResponseBase:
    """Give the same figures line by line."""
    creators = list(showcase.owned_by(guards.signed_in(request)))
    chosen = _chosen(creators, request.GET.get("creator", ""))
    if chosen is None:
        raise Http404
    return _file(request, f"creator-{chosen.pk}", queries.subjects_of([chosen.pk]))


@login_required
@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the reach of one work."""
    subject = _own(request, pk).subject
    described = subjects.describe(subject)
    if described is None:  # erased, as its source wished
        raise Http404
    period = reaching.period(request.GET.get("days", ""), timezone.now())
    values = {
        "pk": pk,
        "title": described.title,
        "language": described.language,
        "creator": None,
        "works": (),
    }
    shown = _shown([subject], period, {}, reverse("web:desk_work_reach_file", args=[pk]))
    return render(request, "web/desk/reach_work.html", values | shown)


@login_required
@require_safe
def work_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the figures of one work line by line."""
    return _file(request, f"work-{pk}", [_own(request, pk).subject])


def _chosen(creators: list[Creator], slug: str) -> Creator | None:
    named = (creator for creator in creators if creator.slug == slug)
    return next(named, creators[0] if creators else None)


def _own(request: HttpRequest, pk: int) -> Publication:
    """Return a work of the person's own; for anybody else there is nothing here."""
    publication = Publication.objects.filter(pk=pk).first()
    if publication is None or not policies.may_see_reach(guards.signed_in(request), publication):
        raise Http404
    return publication


def _shown(owned: list[str], period: Period, more: dict[str, str], file: str) -> dict[str, object]:
    """Return what the page of a creator and that of a work have in common."""
    found = queries.reach(owned, period.since, period.until)
    return {
        "reach": found,
        "ever": queries.ever(owned),
        "invented": settings.DEMO,
        "chart": reaching.over_time(found),
        "languages": reaching.languages_of(found),
        "sources": reaching.sources_of(found),
        "posts": reaching.posts_of(found),
        "series": reaching.series(),
        "post_series": (_("Posts"),),
        "periods": reaching.periods(period, more),
        "file": f"{file}{reaching.query(period.days, more)}",
    }


def _file(request: HttpRequest, name: str, owned: list[str]) -> HttpResponseBase:
    period = reaching.period(request.GET.get("days", ""), timezone.now())
    rows = reaching.table(queries.rows(owned, period.since, period.until))
    return csvfile.download(f"altavoz-{name}-{period.since}-{period.until}", rows)
