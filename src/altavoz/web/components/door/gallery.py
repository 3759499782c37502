"""Examples of `door` for the gallery."""

from altavoz.web.gallery import Example

_SOURCE = "{% door icon='plus' title=title words=words href='#' action=action %}"
EXAMPLES = (
    Example(
        _SOURCE, {"title": "Creo", "words": "Pega la dirección de tu canal.", "action": "Agregar mi obra"}
    ),
    Example(_SOURCE, {"title": "W" * 200, "words": "ليلى 👩🏽‍💻 型ヒント " + "w" * 200, "action": "z" * 90}),
)
