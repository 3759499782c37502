"""Promotion of one language at a glance, and all of its posts."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from altavoz.people import guards
from altavoz.people.states import TeamKind
from altavoz.promotion import queries
from altavoz.promotion.words import channel_in_words
from altavoz.web.cards import Link
from altavoz.web.pages.promote import reading
from altavoz.web.positions import position

_PAGE = 25


@guards.team_desk(TeamKind.PROMOTION)
@require_safe
def promote(request: HttpRequest) -> HttpResponse:
    """Show channels, what needs people, and the coming week by day."""
    language = _language(request)
    week = reading.this_week(language, timezone.now())
    coming = [row for row in week if not row.needs_people]
    values = {
        "language": language,
        "tabs": _tabs(request, "web:promote", language),
        "channels": [(row, channel_in_words(row.channel)) for row in queries.overview(language)],
        "open": [row for row in week if row.needs_people],
        "days": [list(day) for _date, day in groupby(coming, key=_day)],
    }
    return render(request, "web/promote/overview.html", values)


@guards.team_desk(TeamKind.PROMOTION)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List every post of a language, newest first."""
    language, before = _language(request), position(request.GET.get("before", ""))
    found = reading.history(language, before=before, limit=_PAGE + 1)
    here = f"{reverse('web:posts')}?{urlencode({'language': language})}"
    values = {
        "language": language,
        "tabs": _tabs(request, "web:posts", language),
        "rows": found[:_PAGE],
        "next": f"{here}&before={found[_PAGE - 1].post.pk}" if found[_PAGE:] else "",
        "first": here if before else "",
    }
    return render(request, "web/promote/history.html", values)


def _language(request: HttpRequest) -> str:
    """Return the language asked for if it is one of the person's teams, else their first."""
    mine, asked = guards.team_languages(request), request.GET.get("language", "")
    return asked if asked in mine else mine[0]


def _tabs(request: HttpRequest, name: str, active: str) -> list[Link]:
    mine = guards.team_languages(request)
    here = reverse(name)
    return [
        Link(label=tag, href=f"{here}?{urlencode({'language': tag})}", language=tag, active=tag == active)
        for tag in (mine if len(mine) > 1 else ())
    ]


def _day(row: reading.Row) -> str:
    return row.post.due_at.astimezone(row.post.channel.zone).date().isoformat()
