"""Examples of `verified` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.proofs import Place

_PLACES = (
    Place(
        "https://blog.example/",
        "Blog",
        "Blog",
        ("Since 3 March 2026, blog.example links back to this page.",),
    ),
    Place("https://x.example/", "W" * 200, "Podcast", ("w" * 200, "ليلى 👩🏽‍💻 型ヒント")),
)
EXAMPLES = (
    Example("{% verified claimed=True places=places %}", {"places": _PLACES}),
    Example("{% verified claimed=False places=places %}", {"places": ()}),
)
