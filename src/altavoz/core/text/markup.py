"""HTML from outside: made harmless, or made plain text."""

import html
from typing import Final

import nh3
import regex

from altavoz.core.text.cleaning import clean_lines

_TAGS: Final = (
    "a abbr b blockquote br cite code dd del dl dt em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp "
    "small strong sub sup table tbody td th thead tr u ul var"
)
_ATTRIBUTES: Final = {"a": {"href", "title"}, "*": {"dir", "lang"}, "abbr": {"title"}}
_CONTENT: Final = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"}
_SCHEMES: Final = {"http", "https", "mailto"}
_BREAKS = regex.compile(
    r"(?=<(?:br|hr|li|dt|dd|tr)\b)|(?=</?(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|pre|section|article|figure)\b)",
    regex.IGNORECASE,
)
_ESCAPED_TWICE = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def sanitise_html(text: str) -> str:
    """Return harmless HTML: text, lists, tables and links (nofollow, noopener, ugc); no image, style or script."""
    return nh3.clean(
        text,
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        clean_content_tags=_CONTENT,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener ugc",
    )


def strip_html(text: str) -> str:
    """Return the plain text of HTML, cleaned, with a line for each block."""
    if "<" in text:
        text = nh3.clean(_BREAKS.sub("\n", text), tags=set(), clean_content_tags=_CONTENT)
    return clean_lines(decode_entities(text))


def decode_entities(text: str) -> str:
    """Return `text` with HTML entities as characters, those escaped twice (as many feeds do) included."""
    once = html.unescape(text)
    return html.unescape(once) if once != text and _ESCAPED_TWICE.search(once) else once
