"""The gallery of components, for developers."""

from importlib import import_module

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines

from altavoz.web import component
from altavoz.web.gallery import Example


def gallery(request: HttpRequest) -> HttpResponse:
    """Show each component from left to right and from right to left."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    shown = [_entry(request, part) for _, part in sorted(component.load().items())]
    return render(request, "web/gallery.html", {"entries": shown, "directions": ("ltr", "rtl")})


def _entry(request: HttpRequest, part: component.Component) -> dict[str, object]:
    examples: tuple[Example, ...] = import_module(f"altavoz.web.components.{part.name}.gallery").EXAMPLES
    return {
        "name": part.name,
        "accepts": part.accepts,
        "words": part.function.__doc__ or "",
        "examples": [(example.source, _draw(request, example)) for example in examples],
    }


def _draw(request: HttpRequest, example: Example) -> str:
    template = engines["django"].from_string("{% load altavoz %}" + example.source)
    return template.render(dict(example.values), request)
