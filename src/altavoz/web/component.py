"""What a component is: a folder whose tag draws a template, and refuses attributes it does not know."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeAlias

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.engine import Engine
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

Values: TypeAlias = Mapping[str, object]
#: A component's function returns what its template sees, or all of its HTML where that is at hand.
Draws: TypeAlias = Callable[..., Values | SafeString]

ROOT = Path(__file__).parent / "components"
_BLOCK = "content"
_CONTEXT = "context"
_REMEMBERED = 4096  # drawings that each component keeps; those not asked for go first


@dataclass(frozen=True)
class Component:
    """One piece of the design system, as templates call it."""

    name: str
    function: Draws
    accepts: tuple[str, ...]
    requires: frozenset[str]
    needs_context: bool
    has_content: bool
    remembered: bool

    @property
    def template_name(self) -> str:
        """Return where its template lies."""
        return f"components/{self.name}/template.html"

    def complaint(self, given: Mapping[str, object]) -> str:
        """Return what is wrong with the attributes given, or an empty text."""
        if strange := [name for name in given if name not in self.accepts]:
            return f"{self.name} does not know {', '.join(strange)}; it accepts {', '.join(self.accepts)}"
        if missing := sorted(self.requires - given.keys()):
            return f"{self.name} needs {', '.join(missing)}; it accepts {', '.join(self.accepts)}"
        return ""

    def render(self, context: Context, given: dict[str, object]) -> SafeString:
        """Return the HTML of the component; the page's context is only handed over if it asks for it."""
        if self.remembered:
            return self.drawn(get_language() or "", **given)
        extra = {_CONTEXT: context} if self.needs_context else {}
        return _draw(self, self.function(**given, **extra), context)

    @cached_property
    def drawn(self) -> Callable[..., SafeString]:
        """Return the function of language and attributes that keeps what it drew.

        It tells attributes apart by type, too: a text that is safe HTML equals the same text that is not.
        """

        def draw(_language: str, /, **given: object) -> SafeString:
            return _draw(self, self.function(**given), Context())

        return lru_cache(maxsize=_REMEMBERED, typed=True)(draw)


REGISTRY: dict[str, Component] = {}


def component(*, remembered: bool = False) -> Callable[[Draws], Draws]:
    """Register the function as the component named like it.

    A parameter `context` receives the page's context; a parameter `content` makes it a block tag and
    receives what stands inside. `remembered` keeps the HTML per language and attributes, which must
    then be values (hashable) that fully decide what is drawn.
    """

    def register(function: Draws) -> Draws:
        parameters = inspect.signature(function).parameters
        outer = {name: p for name, p in parameters.items() if name not in {_CONTEXT, _BLOCK}}
        REGISTRY[function.__name__] = Component(
            name=function.__name__,
            function=function,
            accepts=tuple(outer),
            requires=frozenset(name for name, p in outer.items() if p.default is p.empty),
            needs_context=_CONTEXT in parameters,
            has_content=_BLOCK in parameters,
            remembered=remembered,
        )
        return function

    return register


def load() -> Mapping[str, Component]:
    """Import every component's folder and return them by name; adding a folder is the whole change."""
    for module in iter_modules([str(ROOT)]):
        import_module(f"altavoz.web.components.{module.name}.tag")
    return REGISTRY


class ComponentNode(template.Node):
    """A call of a component within a template."""

    def __init__(
        self, part: Component, given: Mapping[str, FilterExpression], inside: NodeList | None
    ) -> None:
        self.part = part
        self.fixed = {name: expression.var for name, expression in given.items() if _is_fixed(expression)}
        self.given = {name: expression for name, expression in given.items() if name not in self.fixed}
        self.inside = inside

    def render(self, context: Context) -> SafeString:
        """Resolve the attributes, draw what stands inside, then the component."""
        values: dict[str, object] = dict(self.fixed)
        for name, expression in self.given.items():
            values[name] = _plain(expression.resolve(context))
        if self.inside is not None:
            values[_BLOCK] = self.inside.render(context)
        return self.part.render(context, values)


def _is_fixed(expression: FilterExpression) -> bool:
    """Return whether the attribute is a text written into the template, the same on every page."""
    return isinstance(expression.var, str) and not expression.filters


def compiler(part: Component) -> Callable[[Parser, Token], ComponentNode]:
    """Return the function that Django calls for the component's tag."""

    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        bits = token.split_contents()[1:]
        given = token_kwargs(bits, parser)
        if bits:
            raise template.TemplateSyntaxError(
                f"{part.name} takes attributes written name=value, not {bits[0]}"
            )
        if complaint := part.complaint(given):
            raise template.TemplateSyntaxError(complaint)
        return ComponentNode(part, given, _inside(parser, part))

    return compile_tag


def _inside(parser: Parser, part: Component) -> NodeList | None:
    """Return the nodes up to the closing tag of a block component."""
    if not part.has_content:
        return None
    nodes = parser.parse((f"end_{part.name}",))
    parser.delete_first_token()
    return nodes


def _plain(value: object) -> object:
    """Return lazily translated text as text in the language of this page."""
    return str(value) if isinstance(value, Promise) else value


def html(name: str, **given: object) -> SafeString:
    """Return the HTML of a component that needs neither context nor content, for another component."""
    return REGISTRY[name].render(Context(), given)


def filled(name: str, holes: Mapping[str, str], **fixed: object) -> SafeString:
    """Return what the template of a component makes of values that it only prints or asks for their presence.

    The template is drawn once around holes, per language, fixed values and which of the holes have something to
    fill them; then filling takes a fraction of the time. For components of which a page draws many, each different.
    """
    texts = {hole: conditional_escape(value) for hole, value in holes.items() if value}
    empty = tuple(hole for hole in holes if hole not in texts)
    pieces = list(_around(name, get_language() or "", tuple(texts), empty, tuple(fixed.items())))
    pieces[1::2] = [texts[hole] for hole in pieces[1::2]]
    return mark_safe("".join(pieces))  # noqa: S308 - the template's own output, and escaped values


@lru_cache(maxsize=1024)
def _around(
    name: str,
    _language: str,
    full: tuple[str, ...],
    empty: tuple[str, ...],
    fixed: tuple[tuple[str, object], ...],
) -> tuple[str, ...]:
    """Return what stands around the holes and, in every second place, which hole is there."""
    marks = {hole: mark_safe(f"\0{hole}\0") for hole in full}  # noqa: S308 - no value from outside
    return tuple(drawn(name, {**dict(fixed), **dict.fromkeys(empty, ""), **marks}).split("\0"))


def drawn(name: str, values: Values) -> str:
    """Return what the template of a component makes of these values, for a component that keeps it."""
    return _draw(REGISTRY[name], values, Context())


def _draw(part: Component, values: Values | SafeString, context: Context) -> SafeString:
    if isinstance(values, SafeString):
        return values
    found = Engine.get_default().get_template(part.template_name)
    drawn: str = found.render(context.new(dict(values)))
    return mark_safe(drawn.strip())  # noqa: S308 - a template's own output
