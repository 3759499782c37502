"""The questions that narrow a list, each answer a link with its count."""

from collections.abc import Sequence

from altavoz.web.cards import Facet
from altavoz.web.component import Values, component


@component()
def facets(*, facets: Sequence[Facet]) -> Values:
    """Draw each question as a fold; those in use are open."""
    return {"facets": facets}
