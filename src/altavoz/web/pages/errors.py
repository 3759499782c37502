"""Pages for when something is not as it should be; they need no database."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.web.site import Site


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    html = render_to_string("web/error.html", {"status": status, "title": title, "words": words}, request)
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 400."""
    return _page(request, 400, _("We did not understand this request"), _("Please go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """Answer 403."""
    return _page(
        request,
        403,
        _("This door is closed to you"),
        _("You may need to sign in, to join the team, or to start again from a page of this site."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """Answer 404; nothing on the page tells whether something ever stood here."""
    return _page(
        request, 404, _("There is nothing here"), _("The address may be mistyped. Try to find it by name.")
    )


def gone(request: HttpRequest) -> HttpResponse:
    """Answer 410 for a work that was taken back or removed; nothing of it, not even its address, is repeated."""
    values = {
        "status": 410,
        "title": _("This work is no longer here"),
        "words": _("It was taken back or removed, so we do not show it any more."),
        "site": Site(request, at=f"/{get_language()}/"),
    }
    return HttpResponse(render_to_string("web/error.html", values, request), status=410)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything; 503 where the database itself cannot be asked."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    request.COOKIES.clear()  # who is signed in is a question for the database
    return _page(
        request,
        500,
        _("Something broke on our side"),
        _("It is not your fault. We were told; try again in a minute."),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503: the machine is being looked after."""
    request.COOKIES.clear()  # as above
    response = _page(
        request, 503, _("Back in a moment"), _("We are looking after the machine. Nothing is lost.")
    )
    response.headers["Retry-After"] = "60"
    return response
