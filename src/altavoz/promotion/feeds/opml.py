"""OPML 2.0: a list of feeds to subscribe to at once."""

from collections.abc import Iterable, Iterator

from altavoz.promotion.feeds import xml
from altavoz.promotion.feeds.items import Outline


def opml(title: str, outlines: Iterable[Outline]) -> Iterator[str]:
    """Write the list, feed by feed."""
    yield f"{xml.HEAD}{xml.opening('opml', version='2.0')}"
    yield f"<head>\n{xml.element('title', title)}</head>\n<body>\n"
    for outline in outlines:
        yield xml.element(
            "outline",
            type="rss",
            text=outline.title or outline.feed_url,
            title=outline.title,
            xmlUrl=outline.feed_url,
            htmlUrl=outline.home_url,
            language=outline.language,
        )
    yield "</body>\n</opml>\n"
