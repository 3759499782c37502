"""Examples of `notice` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    *(
        Example(
            "{% notice tone=tone title='We try again tomorrow' %}The site gave an error 4 times.{% end_notice %}",
            {"tone": tone},
        )
        for tone in ("good", "warn", "bad", "info")
    ),
    *(Example("{% notice title=text %}{{ text }}{% end_notice %}", {"text": text}) for text in HOSTILE),
)
