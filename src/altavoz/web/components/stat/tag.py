"""One figure that matters."""

from altavoz.web.component import Values, component


@component()
def stat(*, label: str, value: int | str, hint: str = "") -> Values:
    """Draw a figure over its label; numbers get the reader's separators."""
    return {"label": label, "value": value, "is_number": isinstance(value, int), "hint": hint}
