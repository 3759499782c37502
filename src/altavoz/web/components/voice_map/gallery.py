"""Examples of `voice_map` for the gallery."""

from altavoz.core import languages
from altavoz.web.gallery import Example
from altavoz.web.voicemap import Heard, draw

_COUNTS = {"es": 690, "ar": 300, "ja": 242, "hi": 40, "my": 9, "ckb": 4, "zu": 1}
_HEARD = tuple(Heard(tag, languages.autonym(tag), works, str(works)) for tag, works in _COUNTS.items())
_HOSTILE = tuple(
    Heard(tag, name, 10**at, "9" * 12)
    for at, (tag, name) in enumerate(
        (("es", "W" * 60), ("ar", "👩🏽‍💻 ليلى ABC"), ("th", "ก" * 20), ("ja", ""))
    )
)
EXAMPLES = tuple(
    Example(
        "{% voice_map drawing=drawing base='/es/' name=name label='Voices' %}",
        {"drawing": draw(heard, shape), "name": f"{shape}{at}"},
    )
    for at, heard in enumerate((_HEARD, _HOSTILE))
    for shape in ("wide", "tall")
)
