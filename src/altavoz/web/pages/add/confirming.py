"""Saying whose it is and how to take its works: with an account it is added, without one suggested by mail."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from altavoz.ingest import actions as ingest
from altavoz.ingest.discovery import Found
from altavoz.ingest.models import Source
from altavoz.people.models import Account
from altavoz.showcase import actions as showcase
from altavoz.showcase import queries
from altavoz.web import limits
from altavoz.web.forms.adding import ConfirmForm, SuggestForm
from altavoz.web.pages import doors


def form_for(request: HttpRequest, found: Found, data: QueryDict | None = None) -> ConfirmForm:
    """Return what is asked about a finding: more of visitors, who have no account to be reached by."""
    account = doors.visitor(request)
    if account is None:
        return SuggestForm(data, found=found, at=timezone.now(), auto_id="add_%s")
    return ConfirmForm(data, found=found, creators=queries.owned_by(account), auto_id="add_%s")


def confirm(request: HttpRequest, found: Found) -> HttpResponse | ConfirmForm:
    """Do what was said; return the form where something is wrong with it."""
    form = form_for(request, found, request.POST)
    valid = form.is_valid()
    if isinstance(form, SuggestForm):
        return _suggested(request, found, form, valid=valid)
    account = doors.visitor(request)
    return _added(found, form, account) if valid and account else form


def _suggested(
    request: HttpRequest, found: Found, form: SuggestForm, *, valid: bool
) -> HttpResponse | ConfirmForm:
    if form.is_trapped:
        return redirect("web:add_thanks")  # as if it had been taken: a program learns nothing
    if form.was_quick:
        fresh = request.POST.copy()
        fresh.pop("shown", None)
        again = form_for(request, found, fresh)
        again.is_valid()
        again.data["shown"] = again.fields["shown"].initial  # type: ignore[index]  # a copy may be changed
        again.add_error(None, _("That was very quick. Please look at it once more and press again."))
        again.errors.pop("shown", None)
        return again
    if not valid:
        return form
    try:
        _suggest(request, found, form)
    except showcase.SuggestionRefusedError as no:
        form.add_error(None, str(no.words))
        return form
    except ingest.KnownSourceError:  # somebody was quicker
        return redirect("web:add_thanks")
    return redirect("web:add_thanks")


def _suggest(request: HttpRequest, found: Found, form: SuggestForm) -> None:
    at, said = timezone.now(), form.cleaned_data
    since = form.since(at)
    wish = {
        "language": said["language"],
        "topics": said["topics"],
        "level": said["level"],
        "since": since.isoformat() if since else "",
        "history": said.get("history", ""),
    }
    showcase.suggest(
        found=found,
        name=said["name"],
        wish=wish,
        email=said["email"],
        client=limits.of_today(request, at),
        page=f"{settings.PUBLIC_URL}{reverse('web:add')}confirm/",
        language=get_language() or settings.LANGUAGE_CODE,
        at=at,
    )


def _added(found: Found, form: ConfirmForm, account: Account) -> HttpResponse | ConfirmForm:
    if showcase.is_refused(found.feed_url, account):
        form.add_error(None, _("Its creator asked us not to show it here, and we keep to that."))
        return form
    try:
        source = _store(found, form, account)
    except ingest.KnownSourceError as known:  # pressed twice, or somebody else was quicker
        source = known.source
    return redirect("web:prove", source.pk)


@transaction.atomic
def _store(found: Found, form: ConfirmForm, by: Account) -> Source:
    """Add the channel, with what the person said about it, and have it read at once."""
    at, said = timezone.now(), form.cleaned_data
    _creator, source = showcase.add_channel(found=found, creator=form.chosen, name=said["name"], by=by, at=at)
    showcase.welcome_back(feed_url=found.feed_url, by=by)
    if said["language"]:
        ingest.set_language(source=source, language=said["language"], by=by, at=at)
    showcase.remember_wish(source=source, topics=said["topics"], level=said["level"], since=form.since(at))
    if said.get("history") == "all":
        showcase.want_archive(source=source, at=at)
    ingest.poll_soon(source=source, at=at)
    return source


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Ask to look into the mail; the page is the same for all, so it shows nothing unchecked."""
    return render(request, "web/add/thanks.html")


@require_http_methods(["GET", "HEAD", "POST"])
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a mailed link confirms, and a button: programs open links of mails, people press buttons."""
    at = timezone.now()
    try:
        row = showcase.suggestion_of(token, at=at)
        if request.method == "POST":
            row = showcase.confirm_suggestion(token=token, at=at)
    except showcase.SuggestionRefusedError as no:
        return doors.refused(request, no.words, status=410, title=_("This cannot be confirmed"))
    return render(request, "web/add/confirm.html", {"suggestion": row})
