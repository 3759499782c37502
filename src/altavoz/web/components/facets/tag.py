"""The questions that narrow a list, each answer a link with its count."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from altavoz.web.cards import Facet, Link
from altavoz.web.component import Values, component
from altavoz.web.formatting import number


@component()
def facets(*, facets: Sequence[Facet]) -> Values:
    """Draw each question as a fold; those in use are open."""
    return {"facets": [(facet, mark_safe("".join(map(_answer, facet.values)))) for facet in facets]}  # noqa: S308


def _answer(value: Link) -> SafeString:
    """Draw one answer; a list has a hundred, for which a template would take ten times as long."""
    return format_html(
        '<li><a href="{}"{} rel="nofollow"><span{}>{}</span>{}</a></li>',
        value.href,
        _CURRENT if value.active else "",
        format_html(' lang="{}" dir="auto"', value.language) if value.language else "",
        value.label,
        "" if value.count is None else format_html('<span class="chip-count">{}</span>', number(value.count)),
    )


_CURRENT = mark_safe(' aria-current="true"')
