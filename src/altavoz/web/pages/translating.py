"""Translating title and summary of a work."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from altavoz.core import languages
from altavoz.people import guards
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.showcase import actions, policies
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Publication, Revision, WorkTranslation
from altavoz.showcase.reading import WorkPage
from altavoz.showcase.states import StepRefusedError
from altavoz.web.forms.guarding import resent
from altavoz.web.forms.translating import TranslationForm
from altavoz.web.pages import doors, works


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show the original beside the form, and take the translation; any slug but the present one leads there."""
    page = works.visible(pk)
    found, shown = page.publication, page.shown
    if shown.slug != slug:
        return redirect("web:translate_work", pk, shown.slug)
    account = guards.signed_in(request)
    form = _form(request, account, found, shown)
    if request.method == "POST" and form.is_valid() and (answer := _offered(request, account, found, form)):
        return answer
    values = {
        "form": form,
        "shown": shown,
        "writes": bool(_writes(account, shown)),
        "mine": showcase.translations_by(account, found),
        "others": _others(account, page),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "web/translate.html", values, status=status)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a translation away, as its author or a creator of the work may."""
    account = guards.signed_in(request)
    row = get_object_or_404(WorkTranslation.objects.select_related("publication"), pk=pk)
    try:
        actions.remove_translation(translation=row, by=account, at=timezone.now())
    except PermissionDenied:
        raise Http404 from None
    except StepRefusedError as no:
        return doors.outdated(request, no.words)
    messages.success(request, _("The translation is taken away."))
    shown = row.publication.published_revision
    if shown is None:
        return redirect("web:desk")
    return HttpResponseRedirect(f"/{get_language()}/{shown.page}")


def _form(request: HttpRequest, account: Account, found: Publication, shown: Revision) -> TranslationForm:
    writes = _writes(account, shown)
    mine = {row.language: row for row in reversed(showcase.translations_by(account, found))}
    page = [tag for tag in writes if languages.base(tag) == languages.base(get_language() or "")]
    language = next(iter((*(tag for tag in mine if tag in writes), *page, *writes)), "")
    before = mine.get(language)
    initial = {"revision": shown.number, "language": language}
    if before:
        initial |= {"title": before.title, "summary": before.summary, "named": before.named}
    return TranslationForm(request.POST or None, writes=writes, initial=initial, auto_id="translate_%s")


def _writes(account: Account, shown: Revision) -> list[str]:
    """Return the languages the person writes in which the work is not described already."""
    own = languages.base(shown.metadata_language)
    known = set(languages.CONTENT_LANGUAGES)
    return [tag for tag in people.profile_of(account).writes if languages.base(tag) != own and tag in known]


def _others(account: Account, page: WorkPage) -> list[WorkTranslation]:
    """Return what others wrote of a work of one's own: its creator may take it away."""
    if not policies.owns_publication(account, page.publication):
        return []
    return [row for row in page.translations.values() if row.author_id != account.pk]


def _offered(
    request: HttpRequest, account: Account, found: Publication, form: TranslationForm
) -> HttpResponse | None:
    told = form.cleaned_data
    try:
        actions.offer_translation(publication=found, by=account, at=timezone.now(), **told)
    except actions.TranslationRefusedError as no:
        form.add_error(None, str(no.words))
        # Whoever saw the newer words beside theirs may send it again.
        number = found.published_revision.number if found.published_revision else 0
        form.data = resent(form.data, "revision", str(number))
        return None
    messages.success(
        request,
        _(
            "Thank you. Volunteers who speak the language check it, usually within three days. Then it is shown."
        ),
    )
    return HttpResponseRedirect(request.path)
