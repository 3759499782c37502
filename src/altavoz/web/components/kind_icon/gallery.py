"""Examples of `kind_icon` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = tuple(
    Example("{% kind_icon kind=kind %}", {"kind": kind})
    for kind in ("video", "article", "podcast", "talk", "course", "live", "unheard-of")
)
