"""The picture of a work, or waves drawn from its id where it has none."""

from django.utils.safestring import SafeString, mark_safe

from altavoz.web import covers
from altavoz.web.component import Values, component, filled
from altavoz.web.pictures import Rendition


@component()
def cover(*, seed: str, image: str | tuple[Rendition, ...] = "", eager: bool = False) -> Values | SafeString:
    """Draw the image at `image` (an address of ours), or the waves of `seed`; both are decoration."""
    if image:
        return {"image": image, "eager": eager}
    waves = mark_safe(covers.arcs(seed))  # noqa: S308 - made of numbers only
    return filled("cover", {"waves": waves}, palette=covers.palette(seed), image="")
