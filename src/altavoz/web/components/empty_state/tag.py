"""Nothing here yet, said kindly, with the next step."""

from django.utils.safestring import SafeString

from altavoz.web.component import Values, component


@component()
def empty_state(*, title: str, content: SafeString, href: str = "", action: str = "") -> Values:
    """Draw the title, the content and a button to the next step."""
    return {"title": title, "content": content, "href": href, "action": action}
