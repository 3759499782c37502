"""The head of every page: mark, ways in, language of the interface, sign-in."""

from functools import lru_cache

from django.template.context import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from altavoz.web.component import Values, component, drawn
from altavoz.web.site import Site

#: Address name and words of each main way in; `desk` ones need an account.
WAYS: tuple[tuple[str, str | Promise], ...] = (
    ("web:explore", _("Explore")),
    ("web:languages", _("Languages")),
    ("web:creators", _("Creators")),
)
_HERE = "the-page-that-is-drawn"  # stands in remembered heads where each page writes its own address


@component()
def page_header(*, context: Context) -> Values | SafeString:
    """Draw the head for the request of the page; visitors who are not signed in share one per way in."""
    site: Site = context["site"]
    within = tuple(site.path.startswith(site.address(name)) for name, _words in WAYS)
    if site.signed_in:
        return _values(site, within)
    return mark_safe(_shared(site.code, within).replace(_HERE, site.here))  # noqa: S308 - both are escaped


def _values(site: Site, within: tuple[bool, ...]) -> Values:
    """Return what the template draws: (address, words, whether we are there) of each way in."""
    ways = [(site.address(name), str(words)) for name, words in WAYS]
    return {"site": site, "ways": [(*way, here) for way, here in zip(ways, within, strict=True)]}


@lru_cache(maxsize=256)
def _shared(code: str, within: tuple[bool, ...]) -> str:
    return drawn("page_header", _values(Site.of_nobody(f"/{code}/{_HERE}"), within))
