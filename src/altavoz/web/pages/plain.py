"""Pages that say who we are and how we work; they hardly ever change."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from altavoz.insights.actions.rolling import FEWEST_MONTHS
from altavoz.web.caching import public_page


@public_page(subjects=set)
def about(request: HttpRequest) -> HttpResponse:
    """Say what Altavoz is, who runs it and how to take part."""
    return render(request, "web/about.html")


@public_page(subjects=set)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is known of visitors and of people with an account."""
    months = max(settings.ALTAVOZ_REACH_MONTHS, FEWEST_MONTHS)
    return render(request, "web/privacy.html", {"months": months})


@public_page(subjects=set)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what the site promises to everybody, and where to complain."""
    return render(request, "web/accessibility.html")
