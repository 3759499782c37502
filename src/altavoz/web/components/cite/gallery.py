"""Examples of `cite` for the gallery."""

from datetime import date

from altavoz.web.citing import Work
from altavoz.web.gallery import Example

EXAMPLES = (
    Example(
        "{% cite work=work bib='#' cff='#' %}",
        {
            "work": Work(
                key="altavoz42",
                title="100 % {Python} & \\commands_1: 日本語 العربية 🐍",
                authors=("Lucía Ñandú", "田中 さくら"),
                published=date(2026, 3, 14),
                url="https://example.org/watch?v=1_2",
                host="example.org",
                kind="video",
                form="Video",
                language="es",
                seen=date(2026, 3, 15),
            )
        },
    ),
)
