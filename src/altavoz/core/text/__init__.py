"""Text as people write it: cleaned, cut, addressed and analysed for search, in every script."""

from altavoz.core.text.analysis import Kind, Token, analyse, fold
from altavoz.core.text.cleaning import clean_lines, clean_text
from altavoz.core.text.cutting import graphemes, isolate, shorten
from altavoz.core.text.markup import decode_entities, sanitise_html, strip_html
from altavoz.core.text.mojibake import repair_mojibake
from altavoz.core.text.slugs import slugify

__all__ = [
    "Kind",
    "Token",
    "analyse",
    "clean_lines",
    "clean_text",
    "decode_entities",
    "fold",
    "graphemes",
    "isolate",
    "repair_mojibake",
    "sanitise_html",
    "shorten",
    "slugify",
    "strip_html",
]
