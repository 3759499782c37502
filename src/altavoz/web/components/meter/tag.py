"""How full something is, as a bar and in words."""

from altavoz.web.component import Values, component


@component()
def meter(*, value: int, maximum: int, label: str) -> Values:
    """Draw value out of maximum."""
    return {"value": value, "maximum": maximum, "label": label, "share": _percent(value, maximum)}


def _percent(value: int, maximum: int) -> int:
    return max(0, min(100, value * 100 // maximum)) if maximum else 0
