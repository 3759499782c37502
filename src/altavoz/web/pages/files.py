"""What machines ask for by a well-known name: robots, the manifest, the security contact."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone

from altavoz.web import formatting
from altavoz.web.caching import public_page

_TEXT = "text/plain; charset=utf-8"
_VALID = timedelta(days=180)
_CLOSED = ("account/", "add/", "desk/", "moderate/", "promote/", "report/", "settings/", "explore/?")


@public_page(subjects=set)
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let everything be read but desks, sign-in, forms and endless combinations of filters."""
    closed = "".join(f"Disallow: /{code}/{path}\n" for code, _ in settings.LANGUAGES for path in _CLOSED)
    return HttpResponse(
        f"User-agent: *\n{closed}\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n", content_type=_TEXT
    )


@public_page(subjects=set)
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say whom to tell about a hole."""
    until = _midnight(timezone.now() + _VALID).isoformat().replace("+00:00", "Z")
    contact = settings.ALTAVOZ_SECURITY_CONTACT
    languages = ", ".join(formatting.bcp47(code) for code, _ in settings.LANGUAGES)
    lines = (f"Contact: {contact}", f"Expires: {until}", f"Preferred-Languages: {languages}")
    here = f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt"
    return HttpResponse("\n".join((*lines, here, "")), content_type=_TEXT)


def _midnight(at: datetime) -> datetime:
    """Return the beginning of that day, so that the file is the same all day."""
    return timezone.localtime(at, UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead browsers that look for the old name to the icon."""
    return HttpResponseRedirect(static("web/icon.svg"))
