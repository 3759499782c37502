"""Says aloud what a swap changed."""

from django.utils.safestring import SafeString

from altavoz.web.component import Values, component


@component()
def live_region(*, content: SafeString, id: str = "live") -> Values:  # noqa: A002 - the attribute's name in HTML
    """Draw a polite region around the content."""
    return {"content": content, "id": id}
