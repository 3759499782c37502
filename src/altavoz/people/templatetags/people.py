"""Small helps for the account pages."""

from typing import NamedTuple

from django import template
from django.template.context import RequestContext
from django.urls import reverse

register = template.Library()


class SettingsLink(NamedTuple):
    """Where a page of the settings is, and whether we are there."""

    href: str
    here: bool


@register.simple_tag(takes_context=True)
def settings_link(context: RequestContext, name: str) -> SettingsLink:
    """Return the link to a page of the settings; its own pages below count as being there."""
    href = reverse(name)
    path = context["request"].path
    return SettingsLink(href, path == href or (name != "people:settings" and path.startswith(href)))


@register.filter
def grouped(code: str) -> str:
    """Return a code in groups of four, as people read it out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
