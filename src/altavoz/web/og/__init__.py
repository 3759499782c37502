"""Card pictures: what networks show beside a link, drawn by us with text in any script."""

from django.conf import settings
from django.urls import reverse

from altavoz.showcase.models import Creator, Publication
from altavoz.web.og import content, keeping
from altavoz.web.og.drawing import HEIGHT, WIDTH

__all__ = ["HEIGHT", "WIDTH", "address", "creator_address", "language_address", "site_address"]


def address(found: Publication) -> str:
    """Return the absolute address of a visible publication's card (PNG, WIDTH by HEIGHT pixels).

    `published_revision` and `credits__creator` had better be fetched before. The address changes with the revision
    and with whatever else is drawn, and never shows anything else.
    """
    return settings.PUBLIC_URL + reverse("cards:work", args=[keeping.name_of_work(found)[: -len(".png")]])


def creator_address(found: Creator) -> str:
    """Return the absolute address of a creator's card."""
    name = f"{found.pk}-{content.of_creator(found).digest}"
    return settings.PUBLIC_URL + reverse("cards:creator", args=[name])


def language_address(tag: str) -> str:
    """Return the absolute address of the card of a language's hub; the tag must be in its normal form."""
    name = f"{tag}-{content.of_language(tag).digest}"
    return settings.PUBLIC_URL + reverse("cards:language", args=[name])


def site_address() -> str:
    """Return the absolute address of the card of every other page."""
    return settings.PUBLIC_URL + reverse("cards:site", args=[content.of_site().digest])
