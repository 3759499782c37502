"""A creator in a list: name, what they do, the languages they are heard in."""

from django.utils.safestring import mark_safe

from altavoz.core.text import shorten
from altavoz.web import covers, formatting
from altavoz.web.cards import CreatorCard as Creator
from altavoz.web.component import Values, component


@component(remembered=True)
def creator_card(*, creator: Creator, base: str, heading: int = 3) -> Values:
    """Draw the card; `base` is the root of the interface language; heading its level, 2 to 4."""
    return {
        "creator": creator,
        "href": base + creator.page,
        "heading": heading,
        "about": shorten(creator.about, 140),
        "country": formatting.country(creator.country) if creator.country else "",
        "waves": mark_safe(covers.arcs(creator.page)),  # noqa: S308 - made of numbers only
        "palette": covers.palette(creator.page),
    }
