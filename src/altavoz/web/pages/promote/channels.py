"""One channel: how it is, how often it speaks, pausing and resuming it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from altavoz.people import guards
from altavoz.people.states import TeamKind
from altavoz.promotion import actions
from altavoz.promotion.forms import RhythmForm
from altavoz.promotion.models import Channel
from altavoz.promotion.states import BadStepError, ChannelState
from altavoz.promotion.words import channel_in_words
from altavoz.web.pages import doors
from altavoz.web.pages.promote.connecting import Access

_desk = guards.team_desk(TeamKind.PROMOTION)
_RHYTHM = ("slots_per_day", "hold_minutes", "quiet_from", "quiet_until", "time_zone", "approval")


@_desk
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the channel, and let its rhythm be changed."""
    mine = _mine(request, pk)
    form = RhythmForm(request.POST or None, initial={name: getattr(mine, name) for name in _RHYTHM})
    if request.method == "POST" and form.is_valid():
        by, at = guards.signed_in(request), timezone.now()
        actions.set_rhythm(channel_id=mine.pk, rhythm=form.rhythm(), by=by, at=at)
        messages.success(request, _("Saved. What is planned keeps its time."))
        return redirect("web:channel", pk)
    return _drawn(request, mine, form, Access.again(mine))


@_desk
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing more until the channel is resumed."""
    mine = _mine(request, pk)
    try:
        actions.pause_channel(channel_id=mine.pk, by=guards.signed_in(request), at=timezone.now())
    except BadStepError:
        return doors.outdated(request, _("This channel does not run at the moment."))
    messages.success(request, _("Paused. Nothing new is sent until somebody resumes it."))
    return redirect("web:channel", pk)


@_desk
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the channel go on; where the network shut us out, with a new token that is tried first."""
    mine = _mine(request, pk)
    access = Access.again(mine, request.POST) if mine.trouble else None
    probe = access.probe(timezone.now()) if access else None
    if access and probe is None:
        return _drawn(request, mine, _rhythm(mine), access)
    try:
        actions.resume_channel(
            channel_id=mine.pk,
            by=guards.signed_in(request),
            at=timezone.now(),
            credentials=access.credentials if access else None,
            probe=probe,
        )
    except BadStepError:
        return doors.outdated(request, _("This channel runs already."))
    except ValueError:
        return doors.outdated(
            request, _("This token belongs to another account. Connect that one by itself.")
        )
    messages.success(request, _("The channel goes on. What is late moves to the coming places."))
    return redirect("web:channel", pk)


def _mine(request: HttpRequest, pk: int) -> Channel:
    """Return a channel that speaks one of the person's languages; for anybody else there is nothing here."""
    living = Channel.objects.exclude(state=ChannelState.DISCONNECTED)
    mine = living.filter(pk=pk, languages__overlap=guards.team_languages(request)).first()
    if mine is None:
        raise Http404
    return mine


def _rhythm(mine: Channel) -> RhythmForm:
    return RhythmForm(initial={name: getattr(mine, name) for name in _RHYTHM})


def _drawn(request: HttpRequest, mine: Channel, form: RhythmForm, access: Access) -> HttpResponse:
    values = {
        "channel": mine,
        "words": channel_in_words(mine),
        "active": mine.state == ChannelState.ACTIVE,
        "form": form,
        "access": access.form,
    }
    wrong = form.errors or access.form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "web/promote/channel.html", values, status=status)
