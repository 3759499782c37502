"""An image of ours in the smallest format the browser reads, in three widths."""

from altavoz.web import pictures
from altavoz.web.component import Values, component


@component()
def picture(*, source: str | tuple[pictures.Rendition, ...], alt: str = "", eager: bool = False) -> Values:
    """Draw a stored image; it is loaded when it comes near the screen unless `eager`."""
    return {"set": pictures.variants(source), "alt": alt, "eager": eager}
