"""One channel on its creator's desk: its language, a visit at once, its past, and how to part from it."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from altavoz.core import subjects
from altavoz.ingest import actions as ingest
from altavoz.ingest import queries
from altavoz.ingest.models import Source
from altavoz.ingest.states import NotAllowedError, SourceKind, SourceState
from altavoz.ingest.words import KINDS
from altavoz.people import guards
from altavoz.showcase import actions as showcase
from altavoz.showcase import policies
from altavoz.showcase.models import Creator
from altavoz.web import limits
from altavoz.web.forms.creators import SourceLanguageForm
from altavoz.web.pages import doors

_VISITS, _WINDOW = 6, timedelta(minutes=10)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the channel is doing, and let its language be corrected."""
    source, creator = _own(request, pk)
    form = SourceLanguageForm(request.POST or None, initial={"language": source.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        ingest.set_language(source=source, language=language, by=guards.signed_in(request), at=timezone.now())
        messages.success(request, _("Saved. Works are read again with the next visit."))
        return redirect("web:desk_channel", pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    wish = showcase.wish_of(source)
    values = _values(source, creator) | {
        "form": form,
        "left_out": wish.since if wish else None,
        "earlier": queries.has_back_catalogue(source),
        "archive": queries.back_catalogue_in_words(source),
    }
    return render(request, "web/desk/channel.html", values, status=status)


@login_required
@require_POST
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the channel visited now."""
    source, _creator = _own(request, pk)
    if not limits.allowed(request, "visit", most=_VISITS, within=_WINDOW):
        return doors.too_often(request)
    if ingest.poll_soon(source=source, at=timezone.now()):
        messages.success(request, _("We are visiting it now. Come back in a minute to see how it went."))
    else:
        messages.warning(
            request, _("The site says that this is gone for good. Add it again if it came back.")
        )
    return redirect("web:desk_channel", pk)


@login_required
@require_POST
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    """Take also what was published before the channel was added."""
    source, _creator = _own(request, pk)
    at = timezone.now()
    made = showcase.want_everything(source=source, at=at)
    if made:
        words = ngettext("%(count)s earlier work came.", "%(count)s earlier works came.", len(made))
        messages.success(request, words % {"count": len(made)})
    if showcase.want_archive(source=source, at=at):
        messages.success(request, _("We are reading what was published before. It appears bit by bit."))
    elif not made:
        messages.info(request, _("This channel tells of no earlier works that we could read."))
    return redirect("web:desk_channel", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then stop following the channel and withdraw what came from it; for good if that is wished."""
    source, creator = _own(request, pk)
    if request.method != "POST":
        return render(request, "web/desk/remove.html", _values(source, creator))
    end = showcase.decline_channel if request.POST.get("forever") else ingest.remove_source
    try:
        end(source=source, by=guards.signed_in(request), at=timezone.now())
    except NotAllowedError:
        return doors.outdated(request, _("This channel was removed already."))
    messages.success(request, _("We do not follow this channel any more, and withdraw what came from it."))
    return redirect("web:desk")


def _own(request: HttpRequest, pk: int) -> tuple[Source, Creator]:
    """Return a channel of the person's own; for anybody else there is nothing here."""
    source = get_object_or_404(
        Source.objects.exclude(state=SourceState.REMOVED.value).exclude(owner=""), pk=pk
    )
    creator = get_object_or_404(Creator, pk=subjects.key_of(source.owner))
    if not policies.owns_creator(guards.signed_in(request), creator):
        raise Http404
    return source, creator


def _values(source: Source, creator: Creator) -> dict[str, object]:
    health, kind = queries.health_in_words(source), KINDS[SourceKind(source.kind)]
    living = source.state == SourceState.LIVING
    return {"source": source, "creator": creator, "kind": kind, "health": health, "living": living}
