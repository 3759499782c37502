"""Examples of `language_chip` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example(
        "{% language_chip tag='es' %} {% language_chip tag='ar' href='#' count=1234 %} {% language_chip tag='ja' %}"
    ),
    Example(
        "{% language_chip tag='und' %} {% language_chip tag='zh-Hant' href='#' %} {% language_chip tag='sw' %}"
    ),
    *(Example("{% language_chip tag=text %}", {"text": text}) for text in HOSTILE),
)
