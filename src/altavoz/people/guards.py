"""What stands before the desks of teams: sign-in, a role, and a second factor."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from altavoz.people import policies, queries
from altavoz.people.models import Account
from altavoz.people.states import TeamKind

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]


def signed_in(request: HttpRequest) -> Account:
    """Return who is signed in. Raises PermissionDenied where nobody is."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def team_languages(request: HttpRequest) -> list[str]:
    """Return the languages of the teams for which `team_desk` let the person in, so that no page asks again."""
    languages: list[str] = getattr(request, "team_languages", [])
    return languages


def team_desk(kind: str, *roles: str) -> Callable[[View[_P]], View[_P]]:
    """Let a view be seen only by people who work in a team of that kind, in any language.

    Strangers are sent to sign in; people without one of `roles` (member or lead, unless told) and people without
    the second factor that teams need get a page (status 403) that says what to do.
    """

    def guard(view: View[_P]) -> View[_P]:
        @login_required
        def guarded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            return _refusal(request, kind, roles) or view(request, *args, **kwargs)

        return wraps(view)(guarded)

    return guard


def _refusal(request: HttpRequest, kind: str, roles: tuple[str, ...]) -> HttpResponse | None:
    person = signed_in(request)
    languages = queries.languages_of(person, kind, roles or queries.FULL_ROLES)
    request.team_languages = languages  # type: ignore[attr-defined]  # for `team_languages`
    if not languages:
        page, values = "people/no_role.html", {"kind": TeamKind(kind).label}
    elif not policies.may(person, "people.work_in_teams"):
        page, values = "people/second_factor_needed.html", {"kind": TeamKind(kind).label}
    else:
        return None
    return render(request, page, values, status=HTTPStatus.FORBIDDEN)
