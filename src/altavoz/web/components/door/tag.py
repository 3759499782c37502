"""One way to take part: who it is for, what it takes, and the way in."""

from altavoz.web.component import Values, component


@component()
def door(*, icon: str, title: str, words: str, href: str, action: str, heading: int = 3) -> Values:
    """Draw the door; heading is the level of its title, 2 to 4."""
    return {"icon": icon, "title": title, "words": words, "href": href, "action": action, "heading": heading}
