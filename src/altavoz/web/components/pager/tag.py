"""On to the next page of a list that is read by key, not by number."""

from altavoz.web.component import Values, component


@component()
def pager(*, next: str, first: str = "") -> Values:  # noqa: A002 - the attribute's name in templates
    """Draw links to the next page and back to the first; nothing where there is neither."""
    return {"next": next, "first": first}
