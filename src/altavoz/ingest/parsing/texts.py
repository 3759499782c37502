"""Text of feeds and pages made plain: entities decoded, tags removed, length bounded."""

import re

from altavoz.core import text as words

#: Only elements people really write: "List<int>" is text.
_MARKUP = re.compile(
    r"(?i)<(?:!--|/?(?:a|abbr|audio|b|blockquote|body|br|center|code|del|details|div|em|embed|figure|font|form|h[1-6]|"
    r"head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|object|ol|p|picture|pre|q|s|script|section|small|"
    r"span|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video)[\s/>])"
)
#: Markup takes more room than the text in it; what lies beyond this is not read.
_READ = 10


def plain(text: str | None, limit: int) -> str:
    """Return the text on one line, without tags, entities and invisible characters, at most `limit` long."""
    if not text:
        return ""
    text = text[: limit * _READ]
    if has_markup(text):
        return _cut(" ".join(words.strip_html(text).split()), limit)
    return unmarked(words.decode_entities(text) if "&" in text else text, limit)


def prose(text: str | None, limit: int) -> str:
    """Return the same as `plain`, with its paragraphs."""
    if not text:
        return ""
    text = text[: limit * _READ]
    if has_markup(text):
        return _cut(words.strip_html(text), limit)
    return unmarked_prose(words.decode_entities(text) if "&" in text else text, limit)


def unmarked(text: str, limit: int) -> str:
    """Return text that holds no markup by declaration on one line: "a <b> c" stays as it is."""
    return _cut(words.clean_text(text[: limit * _READ]), limit)


def unmarked_prose(text: str, limit: int) -> str:
    """Return the same as `unmarked`, with its paragraphs."""
    return _cut(words.clean_lines(text[: limit * _READ]), limit)


def listed(values: list[str], limit: int = 20) -> tuple[str, ...]:
    """Return the distinct, plain, non-empty values in their order."""
    kept = dict.fromkeys(plain(value, 200) for value in values)
    kept.pop("", None)
    return tuple(kept)[:limit]


def has_markup(text: str) -> bool:
    """Tell whether the text holds HTML elements."""
    return "<" in text and bool(_MARKUP.search(text))


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = words.shorten(text, limit)
    # A grapheme may be several characters; the limit is what the database takes.
    return cut if len(cut) <= limit else cut[: limit - 1] + "…"
