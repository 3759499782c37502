"""A small drawing from the sprite, always decoration beside words."""

from altavoz.web.component import Values, component


@component(remembered=True)
def icon(*, name: str) -> Values:
    """Draw an icon of the sprite, such as "search", "menu", "feed", "globe", "check"."""
    return {"name": name}
