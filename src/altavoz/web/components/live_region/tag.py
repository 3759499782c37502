"""Says aloud what a swap changed."""

from django.utils.safestring import SafeString

from altavoz.web.component import Values, component


@component()
def live_region(*, content: SafeString, id: str = "live", hidden: bool = False) -> Values:  # noqa: A002 - the attribute's name in HTML
    """Draw a polite region around the content; a hidden one is only for those who listen."""
    return {"content": content, "id": id, "hidden": hidden}
