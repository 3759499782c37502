"""Examples of `kind_icon` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    *(
        Example("{% kind_icon kind=kind %}", {"kind": kind})
        for kind in ("video", "article", "podcast", "talk", "course", "live", "unheard-of")
    ),
    *(Example("{% kind_icon kind=text %}", {"text": text}) for text in HOSTILE),
)
