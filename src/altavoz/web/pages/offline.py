"""Reading without a connection, and standing on a home screen: the service worker, its page, the manifest."""

import json
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from altavoz.core import languages
from altavoz.web import formatting
from altavoz.web.caching import public_page

#: What a kept page needs to look like itself.
_ASSETS = ("altavoz.css", "altavoz.js", "theme.js", "icons.svg", "icon.svg", "js/offline.js")


@require_safe
@public_page(subjects=set)
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the service worker; it changes with any file it keeps, and forgets then what it kept before."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> str:
    told = {
        "assets": [static(f"web/{name}") for name in _ASSETS],
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    draft = _written(told | {"version": ""})
    return _written(told | {"version": blake2b(draft.encode(), digest_size=6).hexdigest()})


def _written(told: dict[str, object]) -> str:
    values = {name: mark_safe(json.dumps(value)) for name, value in told.items()}  # noqa: S308 - our own names
    return render_to_string("web/sw.js", values)


@require_safe
@public_page(subjects=set)
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection; browsers keep this page for that moment."""
    return render(request, "web/offline.html")


@require_safe
@public_page(subjects=set)
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Describe the site, in the language of the page, to devices that put it on a home screen."""
    code = get_language() or settings.LANGUAGE_CODE
    described = {
        "id": "/",
        "name": "Altavoz",
        "short_name": "Altavoz",
        "description": _("The loudspeaker for Python people who do not publish in English."),
        "lang": formatting.bcp47(code),
        "dir": languages.direction(code),
        "start_url": reverse("web:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#FBF7F0",
        "theme_color": "#C8401B",
        "icons": _icons(),
        "shortcuts": [
            {"name": words, "url": reverse(name)}
            for words, name in (
                (_("Explore"), "web:explore"),
                (_("Languages"), "web:languages"),
                (_("Add work"), "web:add"),
            )
        ],
        # What another app shares lands in the one field.
        "share_target": {
            "action": reverse("web:add"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "address"},
        },
    }
    return JsonResponse(described, content_type="application/manifest+json")


def _icons() -> list[dict[str, str]]:
    sizes = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
    pictures = (*sizes, ("icon-mask.png", "512x512", "maskable"))
    drawn = {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    return [drawn] + [
        {"src": static(f"web/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in pictures
    ]
