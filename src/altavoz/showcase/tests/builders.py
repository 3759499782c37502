"""Small builders: each makes one row of one kind, with only what a test does not care about filled in."""

from datetime import datetime
from typing import Any

from altavoz.ingest.models import Entry, Source
from altavoz.people.models import Account
from altavoz.showcase.models import Catalogue, Creator
from altavoz.showcase.shaping import name_key


def a_creator(name: str = "Ana Ruiz", *, at: datetime, **values: Any) -> Creator:
    slug = values.pop("slug", name_key(name).replace(" ", "-"))
    return Creator.objects.create(
        name=name, name_key=name_key(name), sort_key=name, slug=slug, created_at=at, **values
    )


def an_account(email: str = "ana@example.org", *, at: datetime, **values: Any) -> Account:
    return Account.objects.create(email=email, name=values.pop("name", "Ana"), date_joined=at, **values)


def a_channel(creator: Creator, *, at: datetime, slug: str = "ana") -> Source:
    address = f"https://{slug}.example.org/"
    return Source.objects.create(
        owner=creator.subject, kind="feed", address=address, feed_url=address + "feed.xml", added_at=at
    )


def a_catalogue(*, at: datetime) -> Catalogue:
    source = Source.objects.create(
        kind="catalogue",
        address="https://talks.example.org/",
        feed_url="https://talks.example.org/",
        added_at=at,
    )
    return Catalogue.objects.create(slug="talks", name="Talks", source=source)


def an_entry(source: Source, key: str = "1", *, at: datetime, **values: Any) -> Entry:
    address = f"{source.address}{key}/"
    told: dict[str, Any] = {
        "canonical_url": address,
        "url": address,
        "title": f"Obra {key}",
        "summary": "Un <b>resumen</b> &amp; nada más.",
        "spoken_language": "es",
        "metadata_language": "es",
        "kind": "article",
        "digest": "d",
        "published_at": at,
        "first_seen_at": at,
        "changed_at": at,
    }
    return Entry.objects.create(source=source, key=key, **(told | values))
