"""That a creator proved who they are, and how: a mark that explains itself."""

from collections.abc import Sequence

from altavoz.web.component import Values, component
from altavoz.web.proofs import Place


@component()
def verified(*, claimed: bool, places: Sequence[Place]) -> Values:
    """Draw the mark with every proof behind it; without a claim, what anybody may know instead."""
    return {"claimed": claimed, "proofs": [said for place in places for said in place.proofs]}
