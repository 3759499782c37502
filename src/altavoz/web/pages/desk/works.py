"""One work on its creator's desk: where it stands, why, and how to take it away."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from altavoz.moderation import queries as moderation
from altavoz.moderation.models import Case
from altavoz.moderation.queries import CaseView, Statement
from altavoz.people import guards
from altavoz.promotion import queries as promotion
from altavoz.promotion.words import post_in_words
from altavoz.showcase import actions as showcase
from altavoz.showcase import policies
from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.queries import DeskWork
from altavoz.showcase.states import StepRefusedError
from altavoz.web.forms.creators import WorkLanguageForm
from altavoz.web.pages import doors
from altavoz.web.pages.desk.standing import standing


@login_required
@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the work, the reasons in the reader's language, and where it was posted."""
    found = _own(request, pk)
    subject = found.publication.subject
    case = moderation.cases_of([subject]).get(subject)
    values = {
        "work": standing(found, case, timezone.now()),
        "case": case,
        "statement": _statement(case),
        "posts": [(post, post_in_words(post)) for post in promotion.posts_of([subject]).get(subject, ())],
    }
    return render(request, "web/desk/work.html", values)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the work off everything."""
    found = _own(request, pk)
    subject = found.publication.subject
    if request.method != "POST":
        shown = standing(found, moderation.cases_of([subject]).get(subject), timezone.now())
        return render(request, "web/desk/withdraw.html", {"work": shown})
    try:
        showcase.withdraw(publication=found.publication, by=guards.signed_in(request), at=timezone.now())
    except StepRefusedError as no:
        return doors.outdated(request, no.words)
    messages.success(request, _("The work is withdrawn. What was posted of it is being taken back."))
    return redirect("web:desk_work", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the languages of a work be corrected; the new version goes to the team that can judge it."""
    found = _own(request, pk)
    form = _languages(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        shown = standing(found, None, timezone.now())
        return render(request, "web/desk/language.html", {"work": shown, "form": form}, status=status)
    said = form.cleaned_data
    try:
        changed = showcase.correct_language(
            publication=found.publication,
            spoken=said["spoken"],
            metadata=said["metadata"] or said["spoken"],
            by=guards.signed_in(request),
            at=timezone.now(),
        )
    except StepRefusedError as no:
        return doors.outdated(request, no.words)
    if changed:
        messages.success(request, _("Thank you. People who speak this language look at it now."))
    else:
        messages.info(request, _("We knew this already; nothing changes."))
    return redirect("web:desk_work", pk)


def _languages(found: DeskWork, data: QueryDict | None = None) -> WorkLanguageForm:
    told = found.revision
    return WorkLanguageForm(
        data, initial={"spoken": told.spoken_language, "metadata": told.metadata_language}
    )


def _own(request: HttpRequest, pk: int) -> DeskWork:
    """Return a work of the person's own; for anybody else there is nothing here."""
    publication = Publication.objects.select_related("published_revision").filter(pk=pk).first()
    if publication is None or not policies.owns_publication(guards.signed_in(request), publication):
        raise Http404
    newest = Revision.objects.filter(publication=publication, number=publication.newest).first()
    if newest is None:  # erased, as its source wished
        raise Http404
    return DeskWork(publication, newest)


def _statement(case: CaseView | None) -> Statement | None:
    if case is None or case.decided_at is None:
        return None
    row = Case.objects.select_related("policy").get(pk=case.case_id)
    return moderation.statement_of_reasons(row, language=get_language() or "")
