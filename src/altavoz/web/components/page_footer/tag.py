"""The foot of every page: what this is, who runs it, light or dark."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.web.component import Values, component
from altavoz.web.site import Site

PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("web:about", _("About")),
    ("web:guidelines", _("Guidelines")),
    ("web:transparency", _("Transparency")),
    ("web:privacy", _("Privacy")),
    ("web:accessibility", _("Accessibility")),
    ("developers:open-data", _("Open data")),
)


@component(remembered=True)
def page_footer() -> Values:
    """Draw the foot for the page's language."""
    site = Site.of_nobody()
    return {"pages": [(site.address(name), str(words)) for name, words in PAGES], "site": site}
