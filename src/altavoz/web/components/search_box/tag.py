"""One field to search with."""

from collections.abc import Sequence

from altavoz.web.component import Values, component


@component()
def search_box(
    *, action: str, value: str = "", keep: Sequence[tuple[str, str]] = (), label: str = ""
) -> Values:
    """Draw the form; `keep` are other parameters that stay with the search."""
    return {"action": action, "value": value, "keep": keep, "label": label}
