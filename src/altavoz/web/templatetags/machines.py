"""The template tags of what pages say to machines."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from altavoz.showcase.models import Creator, Publication
from altavoz.web import heads
from altavoz.web.site import Site

register = template.Library()


def _site(context: Context) -> Site:
    found = context["site"]
    assert isinstance(found, Site)  # noqa: S101 - every page has it
    return found


@register.simple_tag(takes_context=True)
def work_head(context: Context, publication: Publication) -> SafeString:
    """Describe the page of a work."""
    return heads.of_work(publication, _site(context).absolute).html()


@register.simple_tag(takes_context=True)
def creator_head(context: Context, creator: Creator) -> SafeString:
    """Describe the page of a creator."""
    return heads.of_creator(creator, _site(context).absolute).html()


@register.simple_tag(takes_context=True)
def language_head(context: Context, tag: str) -> SafeString:
    """Describe the hub of a language, with the works that it lists."""
    return heads.of_language(tag, _site(context).absolute, context["list"].works).html()


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> SafeString:
    """Describe any other page."""
    site = _site(context)
    return heads.of_page(site.absolute, site.code, home=site.path == site.base).html()
