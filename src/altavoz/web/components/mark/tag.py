"""The mark: concentric arcs, sound leaving a loudspeaker."""

from altavoz.web.component import Values, component


@component(remembered=True)
def mark(*, size: str = "small", label: str = "") -> Values:
    """Draw the mark; without a label it is decoration."""
    return {"size": size, "label": label}
