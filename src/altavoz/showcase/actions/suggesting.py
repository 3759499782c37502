"""Channels suggested without an account: confirmed by e-mail, within limits that ask nobody a puzzle."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.ingest import actions as ingest
from altavoz.ingest.discovery import Found, storing
from altavoz.ingest.models import Source
from altavoz.ingest.states import SourceState
from altavoz.people import mail
from altavoz.people.models import Account
from altavoz.showcase import policies
from altavoz.showcase.actions import creators, wishes
from altavoz.showcase.models import Creator, Refusal, Suggestion

#: A link in a mail works so long; what was not confirmed is deleted then.
KEPT = timedelta(days=3)
#: So many suggestions a day come from one network, lead to one site, and are mailed to one address.
PER_CLIENT, PER_HOST, PER_ADDRESS = 10, 20, 3
#: Where everybody's channels are, more of them come in a day.
PER_PLATFORM = 300
_PLATFORMS = frozenset({"www.youtube.com", "youtube.com", "vimeo.com", "archive.org", "medium.com", "dev.to"})
_DAY = timedelta(days=1)
_AGAIN = timedelta(minutes=10)
_SALT = "altavoz.showcase.suggestion"


class SuggestionRefusedError(ValueError):
    """The suggestion is not taken; `words` says why, and what can be done."""

    def __init__(self, words: "str | Promise") -> None:
        super().__init__(str(words))
        self.words = words


_TOO_MANY = _("That is all we can take today from where you are. Come back tomorrow, or sign in to go on.")
_TOO_MANY_THERE = _("Many works of this site were suggested today. Come back tomorrow, or sign in to go on.")
_TOO_MANY_MAILS = _(
    "We sent several messages to this address today. Confirm one of them, or come back tomorrow."
)
_NOT_WANTED = _("Its creator asked us not to show it here, and we keep to that.")
_STALE = _("This link is too old or was copied wrongly. Suggest the channel once more: it takes a minute.")


def is_refused(feed_url: str, by: Account | None = None) -> bool:
    """Tell whether the creator of a channel does not want it here; they themselves may change their mind."""
    refusals = Refusal.objects.filter(feed_key=_key(feed_url))
    return refusals.exclude(by=by).exists() if by else refusals.exists()


@transaction.atomic
def suggest(
    *,
    found: Found,
    name: str,
    wish: Mapping[str, Any],
    email: str,
    client: str,
    page: str,
    language: str,
    at: datetime,
) -> Suggestion:
    """Keep a suggestion until the address confirms it, and mail the link; the same twice stays one.

    `wish` has language, topics, level and since (ISO 8601 or ""); `client` is a key of one network for one day;
    `page` is the address that the signed token is added to. A repetition within ten minutes sends no second mail.
    Raises SuggestionRefusedError where it is not wanted or too much for a day, ingest.KnownSourceError where the
    channel is here.
    """
    known = Source.objects.filter(feed_url=found.feed_url, state=SourceState.LIVING.value).first()
    if known:
        raise ingest.KnownSourceError(known)
    if is_refused(found.feed_url):
        raise SuggestionRefusedError(_NOT_WANTED)
    address = email.strip().lower()
    waiting = Suggestion.objects.select_for_update().filter(
        feed_key=_key(found.feed_url), email=address, state=Suggestion.State.WAITING
    )
    row = waiting.first()
    if row is not None and row.mailed_at + _AGAIN > at:
        return row
    _within_limits(found, address, client, at)
    row = row or Suggestion(feed_url=found.feed_url, feed_key=_key(found.feed_url), email=address)
    row.found, row.name, row.wishes = storing.to_json(found), name[:200], dict(wish)
    row.host, row.client = (urlsplit(found.feed_url).hostname or "")[:255], client
    row.asked_at, row.mailed_at, row.expires_at = at, at, at + KEPT
    return _saved_and_mailed(row, page, language)


def _saved_and_mailed(row: Suggestion, page: str, language: str) -> Suggestion:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # pressed twice at the same moment: the other one mails
        return Suggestion.objects.get(feed_key=row.feed_key, email=row.email, state=Suggestion.State.WAITING)
    # Nothing that the person wrote stands in the mail: it may not be their own address.
    context = {"link": f"{page}{token_of(row)}/", "host": row.host, "days": KEPT.days}
    mail.send(row.email, template="showcase/mail/confirm_suggestion", context=context, language=language)
    return row


def _within_limits(found: Found, address: str, client: str, at: datetime) -> None:
    today = Suggestion.objects.filter(asked_at__gt=at - _DAY)
    host = (urlsplit(found.feed_url).hostname or "")[:255]
    if client and today.filter(client=client).count() >= PER_CLIENT:
        raise SuggestionRefusedError(_TOO_MANY)
    if today.filter(host=host).count() >= (PER_PLATFORM if host in _PLATFORMS else PER_HOST):
        raise SuggestionRefusedError(_TOO_MANY_THERE)
    if today.filter(email=address).count() >= PER_ADDRESS:
        raise SuggestionRefusedError(_TOO_MANY_MAILS)


def token_of(row: Suggestion) -> str:
    """Return what stands in the link: signed, so that nobody can make one up; it ends with the row."""
    return signing.Signer(salt=_SALT).sign_object([row.pk, row.feed_key[:12]])


def suggestion_of(token: str, *, at: datetime) -> Suggestion:
    """Return what a link is about; raise SuggestionRefusedError for one that is too old or was never ours."""
    try:
        pk, key = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise SuggestionRefusedError(_STALE) from None
    row = Suggestion.objects.filter(pk=pk, feed_key__startswith=key, expires_at__gt=at).first()
    if row is None:
        raise SuggestionRefusedError(_STALE)
    return row


@transaction.atomic
def confirm_suggestion(*, token: str, at: datetime) -> Suggestion:
    """Add the suggested channel, and forget the e-mail address; confirming twice changes nothing.

    Afterwards the channel is read at once and its works go to review; nobody owns it. Where somebody added it
    meanwhile, the suggestion joins that. Raises SuggestionRefusedError.
    """
    row = Suggestion.objects.select_for_update().get(pk=suggestion_of(token, at=at).pk)
    if row.state == Suggestion.State.CONFIRMED:
        return row
    if is_refused(row.feed_url):
        raise SuggestionRefusedError(_NOT_WANTED)
    row.state, row.email, row.confirmed_at = Suggestion.State.CONFIRMED, "", at
    row.source = _added(row, at)
    row.save(update_fields=["state", "email", "confirmed_at", "source"])
    return row


def _added(row: Suggestion, at: datetime) -> Source:
    said = row.wishes
    try:
        _creator, source = creators.add_channel(
            found=storing.from_json(row.found), name=row.name, by=None, at=at
        )
    except ingest.KnownSourceError as known:
        return known.source
    if said.get("language"):
        ingest.set_language(source=source, language=said["language"], by=None, at=at)
    since = datetime.fromisoformat(said["since"]) if said.get("since") else None
    wishes.remember_wish(
        source=source, topics=said.get("topics", ()), level=said.get("level", ""), since=since
    )
    if said.get("history") == "all":
        wishes.want_archive(source=source, at=at)
    ingest.poll_soon(source=source, at=at)
    return source


@transaction.atomic
def decline_channel(*, source: Source, by: Account, at: datetime) -> None:
    """Let a creator say that a channel of theirs is not wanted here: it is removed, and nobody else can add it.

    What came only from it is withdrawn everywhere. Raises PermissionDenied for anyone but an owner,
    ingest.NotAllowedError where it is removed already.
    """
    from altavoz.core import subjects

    policies.demand("showcase.edit_creator", by, Creator.objects.get(pk=subjects.key_of(source.owner)))
    Refusal.objects.update_or_create(
        feed_key=_key(source.feed_url), defaults={"feed_url": source.feed_url, "by": by, "at": at}
    )
    Suggestion.objects.filter(feed_key=_key(source.feed_url), state=Suggestion.State.WAITING).delete()
    ingest.remove_source(source=source, by=by, at=at)


def welcome_back(*, feed_url: str, by: Account) -> None:
    """Take a refusal back, because the one who refused adds the channel again."""
    Refusal.objects.filter(feed_key=_key(feed_url), by=by).delete()


def forget_suggestions(*, at: datetime) -> int:
    """Delete what was not confirmed in time and the keys of yesterday; return how many suggestions were deleted."""
    old = Suggestion.objects.exclude(client="").filter(asked_at__lte=at - _DAY)
    old.update(client="")
    return Suggestion.objects.filter(state=Suggestion.State.WAITING, expires_at__lte=at).delete()[0]


def _key(feed_url: str) -> str:
    return sha256(feed_url.encode()).hexdigest()
