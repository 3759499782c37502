"""Languages as BCP 47 tags: normal form, names, direction, detection, order."""

from altavoz.core.languages.catalogue import CONTENT_LANGUAGES, INTERFACE_LANGUAGES, UNKNOWN
from altavoz.core.languages.collation import sort_key
from altavoz.core.languages.detection import Detected, detect
from altavoz.core.languages.naming import autonym, direction, name
from altavoz.core.languages.scripts import script
from altavoz.core.languages.tags import base, likely_script, normalise

__all__ = [
    "CONTENT_LANGUAGES",
    "INTERFACE_LANGUAGES",
    "UNKNOWN",
    "Detected",
    "autonym",
    "base",
    "detect",
    "direction",
    "likely_script",
    "name",
    "normalise",
    "script",
    "sort_key",
]
