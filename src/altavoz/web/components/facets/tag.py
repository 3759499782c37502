"""The questions that narrow a list, each answer a link with its count."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import mark_safe

from altavoz.web.cards import Facet, Link
from altavoz.web.component import Values, component
from altavoz.web.formatting import number


@component()
def facets(*, facets: Sequence[Facet]) -> Values:
    """Draw each question as a fold; those in use are open."""
    return {"facets": [(facet, mark_safe("".join(map(_answer, facet.values)))) for facet in facets]}  # noqa: S308


def _answer(value: Link) -> str:
    """Draw one answer; a list has a hundred, for which a template would take fifty times as long."""
    current = ' aria-current="true"' if value.active else ""
    language = f' lang="{escape(value.language)}" dir="auto"' if value.language else ""
    count = "" if value.count is None else f'<span class="chip-count">{escape(number(value.count))}</span>'
    return (
        f'<li><a href="{escape(value.href)}"{current} rel="nofollow">'
        f"<span{language}>{escape(value.label)}</span>{count}</a></li>"
    )
