"""A work in a list: cover, kind, length, title in its own language, creator, language, date."""

from altavoz.core import languages
from altavoz.core.text import shorten
from altavoz.web.cards import WorkCard as Work
from altavoz.web.component import Values, component


@component(remembered=True)
def work_card(*, work: Work, base: str, heading: int = 3, eager: bool = False) -> Values:
    """Draw the card; `base` is the root of the interface language, such as "/es/"; heading its level, 2 to 4."""
    return {
        "work": work,
        "href": base + work.page,
        "heading": heading,
        "eager": eager,
        "summary": shorten(work.summary, 160),
        "dir": languages.direction(work.language),
    }
