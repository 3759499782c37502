"""One channel on its creator's desk: its language, and how to part from it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from altavoz.core import subjects
from altavoz.ingest import actions as ingest
from altavoz.ingest import queries
from altavoz.ingest.models import Source
from altavoz.ingest.states import NotAllowedError, SourceKind, SourceState
from altavoz.ingest.words import KINDS
from altavoz.people import guards
from altavoz.showcase import policies
from altavoz.showcase.models import Creator
from altavoz.web.forms.creators import SourceLanguageForm
from altavoz.web.pages import doors


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
    return render(request, "web/desk/channel.html", _values(source, creator) | {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then stop following the channel and withdraw what came from it."""
    source, creator = _own(request, pk)
    if request.method != "POST":
        return render(request, "web/desk/remove.html", _values(source, creator))
    try:
        ingest.remove_source(source=source, by=guards.signed_in(request), at=timezone.now())
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
    return {"source": source, "creator": creator, "kind": kind, "health": health}
