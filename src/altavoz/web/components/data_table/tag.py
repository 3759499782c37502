"""A table that scrolls within itself on small screens, with a caption."""

from django.utils.safestring import SafeString

from altavoz.web.component import Values, component


@component()
def data_table(*, caption: str, content: SafeString, caption_hidden: bool = False) -> Values:
    """Draw the head and rows given as content within a captioned table that can be scrolled by keyboard."""
    return {"caption": caption, "content": content, "caption_hidden": caption_hidden}
