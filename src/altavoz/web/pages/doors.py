"""What a page says where something cannot be done, and who is there."""

from http import HTTPStatus
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from altavoz.people.models import Account

Words: TypeAlias = "str | Promise"


def visitor(request: HttpRequest) -> Account | None:
    """Return who is signed in, or None for a visitor."""
    return request.user if isinstance(request.user, Account) else None


def refused(
    request: HttpRequest, words: Words, *, status: int = HTTPStatus.FORBIDDEN, title: Words = ""
) -> HttpResponse:
    """Answer with a page that says in words why this cannot be done."""
    values = {"status": status, "title": title or _("This door is closed to you"), "words": words}
    return HttpResponse(render_to_string("web/error.html", values, request), status=status)


def outdated(request: HttpRequest, words: Words) -> HttpResponse:
    """Answer 409: what the page offered is no longer possible."""
    return refused(request, words, status=HTTPStatus.CONFLICT, title=_("This has changed meanwhile"))


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer 429."""
    words = _("That was often in a short time. Please wait ten minutes and try again.")
    return refused(request, words, status=HTTPStatus.TOO_MANY_REQUESTS, title=_("One moment, please"))
