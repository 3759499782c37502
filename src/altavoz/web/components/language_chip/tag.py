"""A language by its own name, in its own script and direction."""

from altavoz.core import languages
from altavoz.web.component import Values, component


@component(remembered=True)
def language_chip(*, tag: str, href: str = "", count: int | None = None) -> Values:
    """Draw the chip of a BCP 47 tag; with href it is a link, with count it says how many works there are."""
    return {
        "tag": tag,
        "name": languages.autonym(tag),
        "dir": languages.direction(tag),
        "known": tag != "und",
        "href": href,
        "count": count,
    }
