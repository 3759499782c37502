"""Making an account, and changing what a person told us about themselves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from altavoz.core import events
from altavoz.core.text import clean_text
from altavoz.people import policies, queries
from altavoz.people.actions.notes import note_person, subject
from altavoz.people.events import ConsentChanged
from altavoz.people.models import Account, Consent, Profile

_PROFILE_FIELDS = ("reads", "writes", "country", "time_zone", "about")


@transaction.atomic
def create_account(*, email: str, name: str, language: str, at: datetime) -> Account:
    """Make an account that signs in with codes sent to `email`, as commands and the demo do.

    Afterwards it has a profile and an e-mail address, confirmed by the first code that is typed in. Raises
    ValidationError for a name or address that cannot be, IntegrityError where the address is taken.
    """
    account = Account(email=email.lower(), name=name, language=language)
    admit(account=account, at=at)
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=False)
    return account


@transaction.atomic
def admit(*, account: Account, at: datetime) -> None:
    """Store an account that was filled in but not saved, as sign-up does.

    Afterwards it has no password, its profile says that the person reads the language of the pages, and the
    ledger knows of it. Raises ValidationError for impossible values, IntegrityError where the address is taken.
    """
    account.email, account.name, account.date_joined = account.email.lower(), _name(account.name), at
    account.language = (
        account.language if account.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    )
    account.set_unusable_password()
    account.clean_fields()
    account.save(force_insert=True)
    # Whoever chose pages in pt-br surely reads works in pt.
    Profile.objects.create(account=account, reads=[account.language.partition("-")[0]])
    note_person("account_created", account=account, by=account, at=at, language=account.language)


@transaction.atomic
def rename(*, account: Account, name: str, by: Account | None, at: datetime) -> None:
    """Change the name that others see. Raises PermissionDenied, ValidationError."""
    policies.require(by, "people.change_account", account)
    account.name = _name(name)
    account.clean_fields(exclude=["password"])
    account.save(update_fields=["name"])
    note_person("account_renamed", account=account, by=by, at=at)


@transaction.atomic
def change_language(*, account: Account, language: str, by: Account | None, at: datetime) -> None:
    """Change the language of the pages and e-mails. Raises PermissionDenied, ValueError for one we do not speak."""
    policies.require(by, "people.change_account", account)
    if language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    account.language = language
    account.save(update_fields=["language"])
    note_person("language_changed", account=account, by=by, at=at, language=language)


@transaction.atomic
def change_profile(*, account: Account, by: Account | None, at: datetime, **changes: Any) -> Profile:
    """Change some of reads, writes, country, time_zone, about; the rest stays.

    Raises PermissionDenied, TypeError for another field, ValidationError for a language, country or zone that
    does not exist.
    """
    policies.require(by, "people.change_account", account)
    _refuse_other_fields(changes)
    profile, _made = Profile.objects.select_for_update().get_or_create(account=account)
    for field, value in changes.items():
        setattr(profile, field, value)
    profile.clean_fields(exclude=["account"])
    profile.save(update_fields=[*changes])
    note_person("profile_changed", account=account, by=by, at=at, fields=sorted(changes))
    return profile


def _refuse_other_fields(changes: Mapping[str, Any]) -> None:
    if unknown := changes.keys() - {*_PROFILE_FIELDS}:
        raise TypeError(f"A profile has no {', '.join(sorted(unknown))}.")


@transaction.atomic
def change_settings(
    *,
    account: Account,
    name: str,
    language: str,
    profile: Mapping[str, Any],
    purposes: Collection[str],
    by: Account | None,
    at: datetime,
) -> None:
    """Bring all that the settings page shows to what it shows; only what differs is written and noted.

    `purposes` are all that the person agrees to from now on. Raises what the single actions raise, and then
    changes nothing.
    """
    policies.require(by, "people.change_account", account)
    if name != account.name:
        rename(account=account, name=name, by=by, at=at)
    if language != account.language:
        change_language(account=account, language=language, by=by, at=at)
    stored = queries.profile_of(account)
    if changes := {field: value for field, value in profile.items() if getattr(stored, field) != value}:
        change_profile(account=account, by=by, at=at, **changes)
    _agree(account, frozenset(purposes), by=by, at=at)


def _agree(account: Account, purposes: frozenset[str], *, by: Account | None, at: datetime) -> None:
    standing = queries.consents_of(account)
    for purpose in sorted(purposes - standing):
        give_consent(account=account, purpose=purpose, by=by, at=at)
    for purpose in sorted(standing - purposes):
        withdraw_consent(account=account, purpose=purpose, by=by, at=at)


@transaction.atomic
def give_consent(*, account: Account, purpose: str, by: Account | None, at: datetime) -> Consent:
    """Record that the person agrees to `purpose`; nothing changes where they already do. Raises PermissionDenied."""
    policies.require(by, "people.change_account", account)
    consent, fresh = Consent.objects.get_or_create(
        account=account, purpose=purpose, withdrawn_at=None, defaults={"given_at": at}
    )
    if fresh:
        note_person("consent_given", account=account, by=by, at=at, purpose=purpose)
        _tell_consent(account, purpose, at)
    return consent


@transaction.atomic
def withdraw_consent(*, account: Account, purpose: str, by: Account | None, at: datetime) -> None:
    """Record that the person no longer agrees; nothing changes where they did not. Raises PermissionDenied."""
    policies.require(by, "people.change_account", account)
    standing = Consent.objects.filter(account=account, purpose=purpose, withdrawn_at=None)
    if standing.update(withdrawn_at=at):
        note_person("consent_withdrawn", account=account, by=by, at=at, purpose=purpose)
        _tell_consent(account, purpose, at)


def _tell_consent(account: Account, purpose: str, at: datetime) -> None:
    told = ConsentChanged(subject=subject(account), account_id=account.pk, purpose=purpose)
    events.record(told, at=at)


def _name(typed: str) -> str:
    """Return a name as it is kept. Raises ValidationError for one that nobody could see."""
    name = clean_text(typed)
    if not name:
        raise ValidationError(_("Please type a name."), code="name")
    return name
