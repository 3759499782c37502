"""Examples of `stat` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example("{% stat label='Works in 18 languages' value=15202 %}"),
    Example("{% stat label='Median time to a decision' value='9 h' hint='last 30 days' %}"),
    *(Example("{% stat label=text value=text hint=text %}", {"text": text}) for text in HOSTILE),
)
