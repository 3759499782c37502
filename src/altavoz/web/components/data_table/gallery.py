"""Examples of `data_table` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

_HEAD = "<thead><tr><th scope='col'>Language</th><th scope='col' class='figure'>Works</th></tr></thead>"
_BODY = "<tbody><tr><th scope='row'>Español</th><td class='figure'>1 234</td></tr></tbody>"
_HOSTILE = "<tbody><tr><th scope='row'>{{ text }}</th><td>{{ text }}</td></tr></tbody>"
EXAMPLES = (
    Example("{% data_table caption='Works by language' %}" + _HEAD + _BODY + "{% end_data_table %}"),
    *(
        Example("{% data_table caption=text %}" + _HOSTILE + "{% end_data_table %}", {"text": text})
        for text in HOSTILE
    ),
)
