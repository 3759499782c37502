"""A way past the head of the page for those who use the keyboard."""

from altavoz.web.component import Values, component


@component(remembered=True)
def skip_link(*, target: str, label: str) -> Values:
    """Draw the link; it is seen while it has the focus."""
    return {"target": target, "label": label}
