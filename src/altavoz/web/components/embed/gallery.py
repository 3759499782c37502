"""Examples of `embed` for the gallery."""

from altavoz.web.embeds import player
from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    *(
        Example(
            "{% embed player=player href='#' title='A talk' seed='x' host='youtube.com' %}",
            {"player": player("https://www.youtube.com/watch?v=abcdefghijk")},
        ),
        Example(
            "{% embed player=player href='#' title='An episode' seed='z' %}",
            {"player": player("", media_url="https://cdn.example/1.mp3", media_type="audio/mpeg")},
        ),
        Example("{% embed player=player href='#' title='A blog' seed='y' %}", {"player": None}),
    ),
    *(
        Example(
            "{% embed player=player href='#' title=text seed=text host=text %}",
            {"player": None, "text": text},
        )
        for text in HOSTILE
    ),
)
