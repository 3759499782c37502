"""Examples of `search_box` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example("{% search_box action='#' value='asíncrono \"بايثون\"' %}"),
    *(Example("{% search_box action='#' value=text label=text %}", {"text": text}) for text in HOSTILE),
)
