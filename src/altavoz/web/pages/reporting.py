"""Reporting a work or a translation: by whoever is signed in, or by a link to their mail."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from altavoz.core import subjects
from altavoz.core.subjects import Description
from altavoz.moderation import actions as moderation
from altavoz.moderation import queries as reviews
from altavoz.moderation.models import UnconfirmedReport
from altavoz.moderation.queries import ClauseView
from altavoz.moderation.states import Code
from altavoz.people.models import Account
from altavoz.showcase import queries as showcase
from altavoz.showcase.kinds import PublicationKind, TranslationKind
from altavoz.web import limits
from altavoz.web.forms.reporting import ReportForm
from altavoz.web.pages import doors

#: So many reports a day of one account.
_PER_DAY, _DAY = 20, timedelta(days=1)
#: What is answered like a new report, so that nobody learns what others reported.
_THANKED: Final = {Code.ALREADY_REPORTED, Code.REPORT_ANSWERED}


@gzip_page  # it holds every rule there is
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, subject: str) -> HttpResponse:
    """Ask what is wrong and pass it to the moderators; without an account a mail confirms it first."""
    work = _visible(subject)
    clauses = _clauses()
    account = doors.visitor(request)
    form = ReportForm(
        request.POST or None, clauses=clauses, signed_in=account is not None, auto_id="report_%s"
    )
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        values = {"form": form, "work": work, "is_translation": work.kind == "translation"}
        return render(request, "web/report/ask.html", values, status=status)
    if form.is_trap:
        return redirect("web:report_mailed")
    if account is None:
        return _mailed(request, subject, form)
    if not limits.allowed(request, "report", most=_PER_DAY, within=_DAY):
        return doors.too_often(request)
    return _filed(subject, form, account)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "web/report/thanks.html", {"mailed": False})


@require_safe
def mailed(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the page is the same whatever happened."""
    return render(request, "web/report/thanks.html", {"mailed": True})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a mailed link is about, and file it when its reader presses the button: programs follow links, too."""
    at = timezone.now()
    try:
        if request.method == "POST":
            moderation.confirm_report(token=token, at=at)
            return redirect("web:report_thanks")
        waiting = moderation.waiting_report(token=token, at=at)
    except moderation.Refused as no:
        if no.code in _THANKED:
            return redirect("web:report_thanks")
        return doors.outdated(request, no.words)
    work = _shown(
        waiting.subject
    )  # what went meanwhile is not told, for its newest words may never have been shown
    return render(request, "web/report/confirm.html", {"work": work, "waiting": waiting})


def _visible(subject: str) -> Description:
    """Return what everybody can see of a work or translation. Raises Http404 for anything else."""
    try:
        described = _shown(subject)
    except subjects.BadSubjectError:
        raise Http404 from None
    if described is None:
        raise Http404
    return described


def _shown(subject: str) -> Description | None:
    """Return what everybody can see of a work or translation, None for anything else."""
    label, pk = subjects.parse(subject)
    seen = {
        PublicationKind.label: lambda: showcase.work(pk) is not None,
        TranslationKind.label: lambda: showcase.translation(pk) is not None,
    }.get(label)
    return subjects.describe(subject) if seen is not None and seen() else None


def _clauses() -> tuple[ClauseView, ...]:
    policy = reviews.policy_current(timezone.now())
    return reviews.clauses_of(policy) if policy else ()


def _filed(subject: str, form: ReportForm, account: Account) -> HttpResponse:
    told = form.cleaned_data
    try:
        moderation.report(
            subject=subject,
            by=account,
            clause=told["clause"],
            note=told["note"],
            note_language=told["note_language"],
            at=timezone.now(),
        )
    except moderation.Refused as no:
        if no.code not in _THANKED:
            raise Http404 from no  # it went while the form was open
    return redirect("web:report_thanks")


def _mailed(request: HttpRequest, subject: str, form: ReportForm) -> HttpResponse:
    told, at = form.cleaned_data, timezone.now()
    waiting = UnconfirmedReport(
        subject=subject,
        clause=told["clause"],
        note=told["note"],
        note_language=told["note_language"],
        address=told["email"],
        language=get_language() or "",
        client=limits.of_today(request, at),
        at=at,
    )
    try:
        moderation.ask_to_report(told=waiting, page=settings.PUBLIC_URL + _links())
    except moderation.Refused as no:
        if no.code == Code.TOO_MANY_REPORTS:
            return doors.refused(request, no.words, status=HTTPStatus.TOO_MANY_REQUESTS)
        raise Http404 from no
    return HttpResponseRedirect(reverse("web:report_mailed"))


def _links() -> str:
    """Return the path that a signed token is added to."""
    return reverse("web:confirm_report", args=["-"]).removesuffix("-/")
