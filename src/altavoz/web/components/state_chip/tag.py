"""Where a thing stands, in a word and a sign, never by colour alone."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from altavoz.web.component import Values, component

STATES: dict[str, tuple[str, str | Promise]] = {
    "draft": ("info", pgettext_lazy("state of a work", "Draft")),
    "pending": ("warn", pgettext_lazy("state of a work", "Being checked")),
    "published": ("good", pgettext_lazy("state of a work", "Published")),
    "suspended": ("bad", pgettext_lazy("state of a work", "On hold")),
    "removed": ("bad", pgettext_lazy("state of a work", "Removed")),
    "withdrawn": ("info", pgettext_lazy("state of a work", "Withdrawn")),
    "rejected": ("bad", pgettext_lazy("state of a work", "Declined")),
    "changes_requested": ("warn", pgettext_lazy("state of a work", "Changes asked for")),
}
_SIGNS = {"good": "check", "warn": "clock", "bad": "cross", "info": "dot"}


@component(remembered=True)
def state_chip(*, state: str = "", tone: str = "", label: str = "") -> Values:
    """Draw a known state, or any label in a tone: good, warn, bad or info."""
    known_tone, known_label = STATES.get(state, ("info", state))
    tone = tone or known_tone
    return {"tone": tone, "label": label or str(known_label), "sign": _SIGNS[tone]}
