"""Examples of `meter` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example("{% meter value=1 maximum=2 label='Approvals' %}"),
    Example("{% meter value=12345 maximum=10000 label='Too much' %}"),
    Example("{% meter value=0 maximum=0 label='Nothing' %}"),
    *(Example("{% meter value=3 maximum=8 label=text %}", {"text": text}) for text in HOSTILE),
)
