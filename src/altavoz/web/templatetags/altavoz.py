"""The template tags of the design system: one per component, and the filters that know languages."""

from django import template

from altavoz.core import languages
from altavoz.web import component, formatting

register = template.Library()

for name, part in component.load().items():
    register.tag(name, component.compiler(part))

register.filter("number", formatting.number)
register.filter("autonym", languages.autonym)
register.filter("direction", languages.direction)
register.filter("bcp47", formatting.bcp47)
register.filter("named", formatting.language_name)  # Django's own `language_name` speaks English
register.filter("day", formatting.day)
register.filter("moment", formatting.moment)
