"""Creators come to be when somebody adds their channel or a catalogue names them, and are claimed by proof."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from altavoz.core import events, languages, text
from altavoz.core.ledger import actions as ledger
from altavoz.ingest import actions as ingest
from altavoz.ingest.discovery import Found
from altavoz.ingest.models import Source
from altavoz.people.models import Account
from altavoz.showcase import policies, shaping
from altavoz.showcase.events import CreatorChanged
from altavoz.showcase.models import Creator, Ownership


@transaction.atomic
def add_channel(
    *, found: Found, creator: Creator | None = None, name: str = "", by: Account | None, at: datetime
) -> tuple[Creator, Source]:
    """Add what was found at an address, for `creator` or for a new one of that name; return both.

    Afterwards the source is polled from now on and its works go to review. Nobody owns the creator by adding: that
    takes a proof. Raises PermissionDenied for somebody else's claimed creator, ingest.KnownSourceError for a
    channel that is here already (its `source` tells whose).
    """
    if creator is not None and creator.claimed_at is not None:
        policies.demand("showcase.edit_creator", _somebody(by), creator)
    if creator is None:
        creator = _make(name or found.author or found.title or found.address, at=at)
    source = ingest.add_source(found=found, owner=creator.subject, by=by, at=at)
    return creator, source


def _somebody(account: Account | None) -> Account:
    return account if account is not None else Account(is_active=False)


def _make(name: str, *, at: datetime) -> Creator:
    clean = text.shorten(text.clean_text(name), 120)
    return Creator.objects.create(**_fields(clean), slug=_free_slug(clean), created_at=at)


def _fields(name: str) -> dict[str, str]:
    return {
        "name": name,
        "name_key": shaping.name_key(name),
        "sort_key": languages.sort_key(name)[:400],
    }


def _free_slug(name: str, taken: Collection[str] = ()) -> str:
    slug = text.slugify(name, max_length=60)
    while slug in taken or Creator.objects.filter(slug=slug).exists():
        slug = (
            f"{text.slugify(name, max_length=60)}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        )
    return slug


def named(names: Collection[str], *, at: datetime) -> dict[str, Creator]:
    """Return the creators of these names by folded name, making those that are new; three queries however many.

    A catalogue knows people by name alone, so a name stands for one unclaimed creator; a creator who claimed their
    page is never credited by name, since two people may share it.
    """
    wanted = {shaping.name_key(name): name for name in names}
    found = Creator.objects.filter(name_key__in=wanted, claimed_at=None).order_by("-pk")
    known = {creator.name_key: creator for creator in found}
    missing = {key: name for key, name in wanted.items() if key not in known}
    base = {key: text.slugify(name, max_length=60) for key, name in missing.items()}
    taken = set(Creator.objects.filter(slug__in=base.values()).values_list("slug", flat=True))
    fresh = []
    for key, name in missing.items():
        slug = base[key] if base[key] not in taken else _free_slug(name, taken)
        taken.add(slug)
        fresh.append(Creator(**_fields(name), slug=slug, created_at=at))
    return known | {creator.name_key: creator for creator in Creator.objects.bulk_create(fresh)}


@transaction.atomic
def grant_ownership(*, creator: Creator, account: Account, method: str, at: datetime) -> Ownership:
    """Let an account speak for a creator, because it proved so; granting twice changes nothing."""
    ownership, new = Ownership.objects.get_or_create(
        creator=creator, account=account, ended_at=None, defaults={"method": method, "since": at}
    )
    if new:
        creator.claimed_at = creator.claimed_at or at
        creator.save(update_fields=["claimed_at"])
        public = {"method": method}
        ledger.append("showcase.claimed", subject=creator.subject, by=account.pk, public=public, at=at)
        events.record(CreatorChanged(subject=creator.subject), at=at)
    return ownership


@transaction.atomic
def end_ownership(*, creator: Creator, account_id: int, at: datetime) -> bool:
    """Take back an account's say over a creator; return False where it had none."""
    open_ones = Ownership.objects.filter(creator=creator, account_id=account_id, ended_at=None)
    if not open_ones.update(ended_at=at):
        return False
    if not Ownership.objects.filter(creator=creator, ended_at=None).exists():
        creator.claimed_at = None
        creator.save(update_fields=["claimed_at"])
    ledger.append("showcase.unclaimed", subject=creator.subject, by=account_id, public={}, at=at)
    events.record(CreatorChanged(subject=creator.subject), at=at)
    return True


@transaction.atomic
def edit_creator(
    *, creator: Creator, name: str, about: str, website: str, country: str, by: Account, at: datetime
) -> Creator:
    """Change what a creator says of themselves; the address of their page stays. Raises PermissionDenied."""
    policies.demand("showcase.edit_creator", by, creator)
    clean = text.shorten(text.clean_text(name), 120)
    for key, value in (
        _fields(clean) | {"about": text.clean_text(about), "website": website, "country": country}
    ).items():
        setattr(creator, key, value)
    creator.about_language = (
        languages.detect(about, among=languages.CONTENT_LANGUAGES).language if about else ""
    )
    creator.save(
        update_fields=["name", "name_key", "sort_key", "about", "about_language", "website", "country"]
    )
    events.record(CreatorChanged(subject=creator.subject), at=at)
    return creator
