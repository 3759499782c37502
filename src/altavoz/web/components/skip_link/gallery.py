"""Examples of `skip_link` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example("{% skip_link target='content' label='To the content' %}"),
    *(Example("{% skip_link target='content' label=text %}", {"text": text}) for text in HOSTILE),
)
