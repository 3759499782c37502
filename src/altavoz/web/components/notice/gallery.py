"""Examples of `notice` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = tuple(
    Example(
        "{% notice tone=tone title='We try again tomorrow' %}The site answered with an error 4 times.{% end_notice %}",
        {"tone": tone},
    )
    for tone in ("good", "warn", "bad", "info")
)
