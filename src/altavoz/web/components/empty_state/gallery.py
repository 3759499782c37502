"""Examples of `empty_state` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    *(
        Example("{% empty_state title='Nothing' href='#' action='Add' %}Be the first.{% end_empty_state %}"),
        Example("{% empty_state title='Nothing' %}There is nothing to do for you.{% end_empty_state %}"),
    ),
    *(
        Example(
            "{% empty_state title=text href='#' action=text %}{{ text }}{% end_empty_state %}", {"text": text}
        )
        for text in HOSTILE
    ),
)
