"""Something to know before reading on."""

from django.utils.safestring import SafeString

from altavoz.web.component import Values, component

_SIGNS = {"good": "check", "warn": "clock", "bad": "cross", "info": "dot"}


@component()
def notice(*, content: SafeString, tone: str = "info", title: str = "", live: bool = False) -> Values:
    """Draw a notice around the content; tone is good, warn, bad or info; live ones are read out at once."""
    return {"content": content, "tone": tone, "title": title, "live": live, "sign": _SIGNS[tone]}
