"""What a Mastodon server counts as a character, and which language tags it knows (pure)."""

from dataclasses import replace

import regex

from altavoz.core.text import graphemes
from altavoz.promotion.channels.contract import Limits, Message
from altavoz.promotion.fitting import Item, fit

_LINK = regex.compile(r"https?://[^\s\u2066-\u2069]+")
_MENTION = regex.compile(r"@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+", regex.IGNORECASE)
_HANDLE = regex.compile(r"@?([A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+)")
#: Conjuncts of Indic scripts: one character since Unicode 15.1, two on the many servers with an older Ruby.
_CONJUNCT = regex.compile(r"[\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d]\p{M}*\u200d?(?=\p{L})")
#: Where Mastodon's tag is not the first part of ours.
_TAGS = {
    "fil": "tl",
    "zh-tw": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-hant": "zh-TW",
    "zh-cn": "zh-CN",
    "zh-hans": "zh-CN",
}


def compose(item: Item, limits: Limits) -> Message:
    """Return the message: within the server's limit as the server counts, tagged with its language."""
    fitted = replace(item, handle=handle(item.handle))
    text = fit(fitted, count=lambda text: count(text, link=limits.link), limit=limits.characters)
    return Message(text=text, link=item.link, language=tag(item.spoken_language or item.language))


def count(text: str, *, link: int = 23) -> int:
    """Count as a server does: graphemes, any link as `link`, and of @user@host only @user."""
    plain = _MENTION.sub(r"@\1", _LINK.sub("x" * link, text))
    return len(graphemes(plain)) + len(_CONJUNCT.findall(plain))


def handle(text: str) -> str:
    """Return @user@host, or "" for what is no full address: a bare @user would call a stranger on this server."""
    match = _HANDLE.fullmatch(text.strip())
    return f"@{match[1]}" if match else ""


def tag(language: str) -> str:
    """Return the ISO 639 code for a BCP 47 tag; "" where the language is not known, which leaves it out."""
    lower = language.lower()
    first = lower.partition("-")[0]
    return _TAGS.get(lower) or _TAGS.get(first) or ("" if first in {"und", "mul", "zxx"} else first)
