"""Examples of `share` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example(
        "{% share address=address title=title %}",
        {"address": "https://altavoz.example/es/works/1-hola/", "title": "Hola & <adiós> 👋🏽"},
    ),
)
