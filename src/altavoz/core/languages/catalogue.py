"""The languages that Altavoz speaks (interface) and listens to (content)."""

from typing import Final

#: What `normalise` and `detect` answer when they do not know; shown to people, never hidden.
UNKNOWN: Final = "und"

#: Django's codes of the interface, the first being the default.
INTERFACE_LANGUAGES: Final = ("es", "pt-br", "fr", "en", "ar", "ja")

_TAGS = (
    "af am ar ay az be bg bn bs ca ckb cs cy da de el en eo es et eu fa fi fil fr ga gl gn gu ha he hi "
    "hr ht hu hy id ig is it ja ka kk km kn ko ku lo lt lv mg mk ml mr ms my nb ne nl pa pl ps pt qu ro "
    "ru rw si sk sl so sq sr sv sw ta te th tr uk ur uz vi yo zh zu"
)
#: Languages that works may be in. A tag outside still works everywhere; it only is never detected.
CONTENT_LANGUAGES: Final = tuple(_TAGS.split())
