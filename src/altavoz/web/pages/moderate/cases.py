"""The case screen: everything needed to decide on one page, and nobody else's opinion."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from altavoz.moderation import actions, queries
from altavoz.moderation.models import Lease, Vote
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code
from altavoz.people import guards
from altavoz.people.states import TeamKind
from altavoz.web.forms.voting import DraftForm, VoteForm
from altavoz.web.pages import doors
from altavoz.web.pages.moderate.screen import screen

#: Refusals that the person can put right on the same page.
_TO_CORRECT = frozenset({Code.CLAUSE_MISSING, Code.CLAUSE_UNKNOWN, Code.CLAUSE_UNWANTED, Code.NOTE_TOO_LONG})
#: Refusals after which the person may ask for more time.
_RAN_OUT = frozenset({Code.LEASE_EXPIRED})
_desk = guards.team_desk(TeamKind.MODERATION)


@_desk
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show a case in the person's hands, and take their verdict."""
    try:
        desk = queries.case_for_desk(_lease(request, token), at=timezone.now())
    except Refused as no:
        return _thanked(request) if _said_before(request, token) else _lost(request, token, no)
    if request.method != "POST":
        return _drawn(request, desk, _form(desk))
    form = _form(desk, request.POST)
    return _voted(request, desk, form) if form.is_valid() else _drawn(request, desk, form)


@_desk
@require_POST
def renew(request: HttpRequest, token: UUID) -> HttpResponse:
    """Give the person more time; the page that beats every minute gets an answer it can read."""
    beats = request.headers.get("Accept") == "application/json"
    try:
        lease = actions.renew(token=token, by=guards.signed_in(request), at=timezone.now())
    except Refused as no:
        return (
            JsonResponse({"words": str(no.words)}, status=HTTPStatus.CONFLICT)
            if beats
            else _lost(request, token, no)
        )
    if beats:
        return JsonResponse({"expires_at": lease.expires_at.isoformat()})
    return _resumed(request, lease)


@_desk
@require_POST
def skip(request: HttpRequest, token: UUID) -> HttpResponse:
    """Pass on the case; somebody else gets it."""
    try:
        actions.release(token=token, by=guards.signed_in(request), at=timezone.now())
    except Refused as no:
        return _lost(request, token, no)
    messages.info(request, _("You passed on the case. Somebody else gets it."))
    return redirect("web:moderate")


@_desk
@require_POST
def recuse(request: HttpRequest, token: UUID) -> HttpResponse:
    """Give the case back for good; no reason is asked for."""
    try:
        actions.recuse(token=token, by=guards.signed_in(request), at=timezone.now())
    except Refused as no:
        return _lost(request, token, no)
    messages.info(request, _("You stay away from this case. Other people look at it."))
    return redirect("web:moderate")


def _lease(request: HttpRequest, token: UUID) -> Lease:
    """Return the person's own lease; somebody else's is as unknown as none."""
    lease = Lease.objects.filter(token=token, moderator=guards.signed_in(request)).first()
    if lease is None:
        raise Refused(Code.LEASE_UNKNOWN)
    lease.moderator = guards.signed_in(request)
    return lease


def _form(
    desk: queries.DeskCase, data: QueryDict | None = None, initial: dict[str, Any] | None = None
) -> VoteForm:
    return VoteForm(data, initial=initial, clauses=desk.clauses, language=desk.language, auto_id="vote_%s")


def _voted(request: HttpRequest, desk: queries.DeskCase, form: VoteForm) -> HttpResponse:
    said, by = form.cleaned_data, guards.signed_in(request)
    try:
        actions.vote(
            token=desk.token, by=by, verdict=said["verdict"], clauses=said["clauses"], note=said["note"],
            note_language=said["note_language"] or desk.language, at=timezone.now(),
        )  # fmt: skip
    except Refused as no:
        if no.code not in _TO_CORRECT:
            return _lost(request, desk.token, no)
        form.add_error("note" if no.code == Code.NOTE_TOO_LONG else "clauses", str(no.words))
        return _drawn(request, desk, form)
    return _thanked(request)


def _said_before(request: HttpRequest, token: UUID) -> bool:
    """Tell whether this very verdict was counted a moment ago: a double click is no mistake."""
    cast = Vote.objects.filter(lease__token=token, moderator=guards.signed_in(request))
    return cast.filter(verdict=request.POST.get("verdict", "")).exists()


def _thanked(request: HttpRequest) -> HttpResponse:
    words = _("Thank you. Your verdict counts; nobody else sees it before they gave theirs.")
    messages.success(request, words)
    return redirect("web:moderate")


def _drawn(request: HttpRequest, desk: queries.DeskCase, form: VoteForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "web/moderate/case.html", screen(desk) | {"form": form}, status=status)


def _resumed(request: HttpRequest, lease: Lease) -> HttpResponse:
    """Show the case again with what had been written."""
    try:
        desk = queries.case_for_desk(lease, at=timezone.now())
    except Refused as no:
        return _lost(request, lease.token, no)
    kept: dict[str, Any] = DraftForm(request.POST).kept()
    form = _form(desk, initial={name: value for name, value in kept.items() if value})
    return _drawn(request, desk, form)


def _lost(request: HttpRequest, token: UUID, no: Refused) -> HttpResponse:
    """Say that the case is not in the person's hands, why, and give them back what they wrote."""
    if no.code in {Code.CONFLICT, Code.NOT_PERMITTED}:
        return doors.refused(request, no.words)
    values = {
        "words": no.words,
        "token": token,
        "draft": DraftForm(request.POST).kept(),
        "may_renew": no.code in _RAN_OUT,
        "still_held": no.code == Code.TOO_MANY_SKIPS,
    }
    status = HTTPStatus.NOT_FOUND if no.code == Code.LEASE_UNKNOWN else HTTPStatus.CONFLICT
    return render(request, "web/moderate/lost.html", values, status=status)
