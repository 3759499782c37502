"""Examples of `embed` for the gallery."""

from altavoz.web.embeds import player
from altavoz.web.gallery import Example

EXAMPLES = (
    Example(
        "{% embed player=player href='#' title='A talk' seed='x' %}",
        {"player": player("https://www.youtube.com/watch?v=abcdefghijk")},
    ),
    Example("{% embed player=player href='#' title='A blog' seed='y' %}", {"player": None}),
)
