"""Works as items of a feed, and the selection as the feed itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from altavoz.core import languages
from altavoz.core.subjects import key_of
from altavoz.promotion import feeds
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Publication, Revision
from altavoz.web import embeds, jsonld, listing, readers
from altavoz.web.filters import Filters

#: Ids of items begin with this day; it must never change.
_SINCE = date(2026, 1, 1)
_ITEMS = 50
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_MANY_LANGUAGES = "mul"


def selection(asked: Filters, kind: str, cursor: str) -> tuple[feeds.Feed, list[feeds.FeedItem]]:
    """Return the feed of what the filters ask for, newest first unless they say otherwise."""
    found = listing.find(asked.asked(cursor=cursor, limit=_ITEMS))
    items = [item(row) for row in _publications([hit.subject for hit in found.hits])]
    here = reverse("feeds:feed", args=[kind])
    feed = feeds.Feed(
        id=settings.PUBLIC_URL + reverse("feeds:feed", args=["atom"]) + asked.query,
        title=title(asked),
        description="",
        language=_only_language(asked) or _MANY_LANGUAGES,
        home_url=f"{settings.PUBLIC_URL}/{interface_of(_only_language(asked))}/explore/{asked.query}",
        self_url=settings.PUBLIC_URL + here + asked.query,
        updated_at=max((one.updated_at for one in items), default=_NEVER),
        next_url=_older(here, asked, found.cursor),
        icon_url="",
    )
    return feed, items


def title(asked: Filters) -> str:
    """Return what the feed is called, in the words of the filters themselves."""
    words = [asked.text, *(languages.autonym(tag) for tag in asked.chosen.get("language", ()))]
    rest = [value for name, values in asked.chosen.items() if name != "language" for value in values]
    return " · ".join(["Altavoz", *(word for word in [*words, *rest] if word)])


def outlines(asked: Filters) -> list[feeds.Outline]:
    """Return a feed per language of what the filters ask for: of those chosen, else of those that have any of it."""
    tags = asked.chosen.get("language") or _heard(asked)
    return [_outline(replace(asked, chosen={**asked.chosen, "language": (tag,)}), tag) for tag in tags]


def _heard(asked: Filters) -> tuple[str, ...]:
    if not asked.pairs:
        return tuple(voice.tag for voice in readers.voices())
    found = listing.find(asked.asked(limit=1)).facets.get("language", ())
    return tuple(str(value.value) for value in found if value.value != languages.UNKNOWN)


def _outline(asked: Filters, tag: str) -> feeds.Outline:
    only = Filters(chosen={"language": (tag,)})
    home = f"languages/{tag}/" if asked == only else f"explore/{asked.query}"
    return feeds.Outline(
        title=title(asked),
        feed_url=settings.PUBLIC_URL + reverse("feeds:feed", args=["atom"]) + asked.query,
        home_url=f"{settings.PUBLIC_URL}/{interface_of(tag)}/{home}",
        language=tag,
    )


def interface_of(tag: str) -> str:
    """Return the interface language nearest to a language: itself where there is one, else English."""
    near = {code.partition("-")[0]: code for code, _ in settings.LANGUAGES}
    return near.get(languages.base(tag) if tag else "", "en")


def item(row: Publication) -> feeds.FeedItem:
    """Return a visible publication with prefetched creators as an item."""
    shown = row.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    page = f"{settings.PUBLIC_URL}/{interface_of(shown.spoken_language)}/{shown.page}"
    visible_at = row.first_published_at or row.gathered_at
    return feeds.FeedItem(
        id=feeds.tag_uri(urlsplit(settings.PUBLIC_URL).hostname or "", _SINCE, f"publication/{row.pk}"),
        url=page,
        title=shown.title,
        language=shown.metadata_language,
        published_at=visible_at,
        updated_at=max(visible_at, shown.created_at),
        summary=shown.summary,
        authors=tuple(
            feeds.Author(name=credit.creator.name, url=credit.creator.website) for credit in row.credits.all()
        ),
        topics=tuple(shown.topics),
        image=jsonld.picture(shown),
        enclosure=_enclosure(shown),
    )


def _publications(subjects: Sequence[str]) -> list[Publication]:
    """Return the visible ones in the order of the subjects."""
    pks = [key_of(subject) for subject in subjects]
    rows = showcase.visible().filter(pk__in=pks).select_related("published_revision__thumbnail")
    found = rows.prefetch_related("credits__creator").in_bulk()
    return [found[pk] for pk in pks if pk in found]


def _only_language(asked: Filters) -> str:
    chosen = asked.chosen.get("language", ())
    return chosen[0] if len(chosen) == 1 else ""


def _older(here: str, asked: Filters, cursor: str | None) -> str:
    return f"{settings.PUBLIC_URL}{here}?{urlencode([*asked.pairs, ('cursor', cursor)])}" if cursor else ""


def _enclosure(shown: Revision) -> feeds.Enclosure | None:
    player = embeds.player(shown.url, media_url=shown.media_url, media_type=shown.media_type)
    if player is None or player.kind != "audio":
        return None
    return feeds.Enclosure(url=shown.media_url, media_type=shown.media_type)
