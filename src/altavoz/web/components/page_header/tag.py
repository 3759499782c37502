"""The head of every page: mark, ways in, language of the interface, sign-in."""

from django.template.context import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.web.component import Values, component

#: Address name and words of each main way in; `desk` ones need an account.
WAYS: tuple[tuple[str, str | Promise], ...] = (
    ("web:explore", _("Explore")),
    ("web:languages", _("Languages")),
    ("web:creators", _("Creators")),
)


@component()
def page_header(*, context: Context) -> Values:
    """Draw the head for the request of the page."""
    values = context.flatten()
    return {name: values[name] for name in ("site", "request")} | {"ways": _ways(values["site"])}


def _ways(site: object) -> list[tuple[str, str, bool]]:
    """Return (address, words, whether we are there) of each way in."""
    found = [(site.address(name), str(words)) for name, words in WAYS]  # type: ignore[attr-defined]  # web.site.Site
    return [(href, words, site.path.startswith(href)) for href, words in found]  # type: ignore[attr-defined]  # as above
