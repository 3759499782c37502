"""What machines ask for by a well-known name: robots, sitemaps, the manifest, the security contact."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone

from altavoz.web import formatting, sitemaps
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS

_TEXT = "text/plain; charset=utf-8"
_VALID = timedelta(days=180)


@public_page(subjects=set)
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let everything be read but desks, sign-in and endless combinations of filters."""
    closed = "".join(
        f"Disallow: /{code}/{path}\n"
        for code, _ in settings.LANGUAGES
        for path in ("account/", "desk/", "moderate/", "promote/", "settings/", "explore/?")
    )
    return HttpResponse(
        f"User-agent: *\n{closed}\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n", content_type=_TEXT
    )


@public_page(subjects=lambda: {WORKS})
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap: one for the plain pages, then works by ranges of their ids."""
    return _xml(request, "web/sitemap_index.xml", {"parts": sitemaps.parts(), "root": settings.PUBLIC_URL})


@public_page(subjects=lambda part: {WORKS})  # noqa: ARG005 - the view's argument
def sitemap(request: HttpRequest, part: int) -> HttpResponse:
    """List addresses in every interface language; 404 for a part that is not there."""
    pages = sitemaps.pages(part)
    if not pages:
        raise Http404
    codes = [(code, formatting.bcp47(code)) for code, _ in settings.LANGUAGES]
    return _xml(request, "web/sitemap.xml", {"pages": pages, "codes": codes, "root": settings.PUBLIC_URL})


def _xml(request: HttpRequest, template: str, values: dict[str, object]) -> HttpResponse:
    return render(request, template, values, content_type="application/xml; charset=utf-8")


@public_page(subjects=set)
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Describe the site to devices that put it on a home screen."""
    described = {
        "name": "Altavoz",
        "short_name": "Altavoz",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#FBF7F0",
        "theme_color": "#C8401B",
        "icons": [{"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")


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
