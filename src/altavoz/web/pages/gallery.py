"""The gallery of components, for developers."""

from importlib import import_module

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines

from altavoz.web import component
from altavoz.web.gallery import Example

#: How each example is shown: direction, then light or dark.
LOOKS = tuple((direction, theme) for direction in ("ltr", "rtl") for theme in ("light", "dark"))


def gallery(request: HttpRequest) -> HttpResponse:
    """Show each component in both directions, light and dark, narrow and wide; `?only=` shows one of them.

    Where one is shown alone, `dir` picks a direction, and the window is as wide as it is: so it is tested.
    """
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    only, direction = request.GET.get("only", ""), request.GET.get("dir", "")
    parts = component.load()
    names = sorted({only} & set(parts)) or sorted(parts)
    values = {
        "entries": [_entry(request, parts[name]) for name in names],
        "looks": [look for look in LOOKS if direction in {"", look[0]}],
        "alone": only in parts,
    }
    return render(request, "web/gallery.html", values)


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
