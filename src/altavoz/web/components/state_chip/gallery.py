"""Examples of `state_chip` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    *(
        Example("{% state_chip state=state %}", {"state": state})
        for state in ("draft", "pending", "published", "suspended", "removed", "withdrawn", "rejected")
    ),
    Example("{% state_chip tone='bad' label='Source silent for 12 days' %}"),
    *(Example("{% state_chip tone='warn' label=text %}", {"text": text}) for text in HOSTILE),
)
