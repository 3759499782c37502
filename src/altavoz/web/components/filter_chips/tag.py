"""What the list is narrowed to; each chip takes its filter away."""

from collections.abc import Sequence

from altavoz.web.cards import Link
from altavoz.web.component import Values, component


@component()
def filter_chips(*, chips: Sequence[Link], clear: str) -> Values:
    """Draw the active filters; `clear` is the address without any. Nothing without filters."""
    return {"chips": chips, "clear": clear}
