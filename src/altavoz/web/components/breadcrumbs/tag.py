"""Where this page stands."""

from collections.abc import Sequence

from altavoz.web.cards import Link
from altavoz.web.component import Values, component


@component()
def breadcrumbs(*, trail: Sequence[Link]) -> Values:
    """Draw the way here; the last step is this page."""
    return {"before": trail[:-1], "here": trail[-1]}
