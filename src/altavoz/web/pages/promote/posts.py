"""One post: as the network will show it, and what a promoter may decide."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from altavoz.people import guards
from altavoz.people.states import TeamKind
from altavoz.promotion import actions
from altavoz.promotion.fitting import DoesNotFitError
from altavoz.promotion.forms import SkipForm
from altavoz.promotion.messages import compose
from altavoz.promotion.models import Post
from altavoz.promotion.states import BadStepError
from altavoz.web.forms.channels import FoundForm
from altavoz.web.pages import doors
from altavoz.web.pages.promote.reading import rows

_desk = guards.team_desk(TeamKind.PROMOTION)


@_desk
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the post as it will be cut, where it is, and the steps it can take."""
    found = _mine(request, pk)
    return _drawn(request, found, skip=SkipForm(), found=FoundForm(server=found.channel.address))


@_desk
@require_POST
def decide(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step: approve, skip, retry, found, missing; a step the table does not allow is told in words."""
    if step not in _STEPS:
        raise Http404
    mine = _mine(request, pk)
    try:
        return _STEPS[step](request, mine)
    except BadStepError:
        return doors.outdated(request, _("This post has moved on meanwhile. Look at it again."))


def _approve(request: HttpRequest, mine: Post) -> HttpResponse:
    actions.approve_post(post_id=mine.pk, by=guards.signed_in(request), at=timezone.now())
    return _done(request, mine, _("Approved. It goes out at its time."))


def _skip(request: HttpRequest, mine: Post) -> HttpResponse:
    form = SkipForm(request.POST)
    if not form.is_valid():
        return _drawn(request, mine, skip=form, found=FoundForm(server=mine.channel.address))
    reason = form.cleaned_data["reason"]
    actions.skip_post(post_id=mine.pk, reason=reason, by=guards.signed_in(request), at=timezone.now())
    return _done(request, mine, _("Left out. Its place goes to another work."))


def _retry(request: HttpRequest, mine: Post) -> HttpResponse:
    actions.retry_post(post_id=mine.pk, by=guards.signed_in(request), at=timezone.now())
    return _done(request, mine, _("It is sent again in the next free place."))


def _found(request: HttpRequest, mine: Post) -> HttpResponse:
    form = FoundForm(request.POST, server=mine.channel.address)
    if not form.is_valid():
        return _drawn(request, mine, skip=SkipForm(), found=form)
    _settle(request, mine, remote_id=form.remote_id, url=form.cleaned_data["address"])
    return _done(request, mine, _("Thank you. It counts as sent."))


def _missing(request: HttpRequest, mine: Post) -> HttpResponse:
    _settle(request, mine, remote_id="", url="")
    return _done(request, mine, _("Thank you. It is sent in its turn."))


def _settle(request: HttpRequest, mine: Post, *, remote_id: str, url: str) -> None:
    by, at = guards.signed_in(request), timezone.now()
    actions.settle_post(post_id=mine.pk, remote_id=remote_id, url=url, by=by, at=at)


_STEPS: dict[str, Callable[[HttpRequest, Post], HttpResponse]] = {
    "approve": _approve,
    "skip": _skip,
    "retry": _retry,
    "found": _found,
    "missing": _missing,
}


def _mine(request: HttpRequest, pk: int) -> Post:
    """Return a post of the person's languages; for anybody else there is nothing here."""
    found = Post.objects.filter(pk=pk, language__in=guards.team_languages(request))
    mine = found.select_related("channel").first()
    if mine is None:
        raise Http404
    return mine


def _done(request: HttpRequest, mine: Post, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("web:post", mine.pk)


def _drawn(request: HttpRequest, mine: Post, *, skip: SkipForm, found: FoundForm) -> HttpResponse:
    values = {"row": rows([mine])[0], "text": mine.text or _preview(mine), "skip": skip, "found": found}
    wrong = skip.errors or found.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "web/promote/post.html", values, status=status)


def _preview(mine: Post) -> str:
    """Return the text as the network would get it now."""
    try:
        message = compose(mine, mine.revision)
    except DoesNotFitError:
        return ""
    return message.text if message else ""
