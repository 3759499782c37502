"""A creator whose turn it is to be presented: large, in the colours of their waves."""

from django.utils.safestring import mark_safe

from altavoz.core.text import shorten
from altavoz.web import covers
from altavoz.web.cards import CreatorCard as Creator
from altavoz.web.component import Values, component


@component(remembered=True)
def spotlight(*, creator: Creator, base: str, heading: int = 3) -> Values:
    """Draw the creator; `base` is the root of the interface language; heading its level, 2 to 4."""
    return {
        "creator": creator,
        "href": base + creator.page,
        "heading": heading,
        "about": shorten(creator.about, 180),
        "waves": mark_safe(covers.arcs(creator.page)),  # noqa: S308 - made of numbers only
        "palette": covers.palette(creator.page),
    }
