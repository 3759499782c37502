"""Something to press: a button, or a link that looks like one."""

from altavoz.web.component import Values, component


@component(remembered=True)
def button(
    *,
    label: str,
    href: str = "",
    tone: str = "plain",
    name: str = "",
    value: str = "",
    icon: str = "",
    key: str = "",
) -> Values:
    """Draw a submit button, or a link where href is given; tone is plain, loud, quiet or danger; key a shortcut."""
    return {
        "label": label,
        "href": href,
        "tone": tone,
        "name": name,
        "value": value,
        "icon": icon,
        "key": key,
    }
