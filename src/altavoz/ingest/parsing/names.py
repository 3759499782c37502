"""Names of elements in feeds, with the usual prefix whatever prefix the document chose."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

#: lxml publishes no types; an element is whatever it gave us.
Element = Any

ATOM = "atom"
_PREFIXES = {
    "http://www.w3.org/2005/atom": ATOM,
    "http://purl.org/atom/ns#": ATOM,
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "https://search.yahoo.com/mrss": "media",
    "http://www.youtube.com/xml/schemas/2015": "yt",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://backend.userland.com/creativecommonsrssmodule": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "cc",
    "http://web.resource.org/cc": "cc",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
#: How often a video was seen and liked: different at every visit, and never read.
_RESTLESS = re.compile(rb"<media:(?:statistics|starRating)\b[^<>]*/>")


@lru_cache(maxsize=2048)
def short(tag: str) -> str:
    """Return "dc:creator" for a qualified tag, and the bare name for those of RSS."""
    space, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:].strip().lower().rstrip("/"), "other") if space else ""
    return f"{prefix}:{local}" if prefix else local


class Node:
    """An element's children by short name, read once."""

    __slots__ = ("children", "element")

    def __init__(self, element: Element) -> None:
        self.element = element
        self.children: dict[str, list[Element]] = {}
        for child in element:
            self.children.setdefault(short(child.tag), []).append(child)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children of these names, in the order of the names."""
        for name in names:
            yield from self.children.get(name, ())

    def text(self, *names: str) -> str:
        """Return the first text that is not empty among the children of these names."""
        for name in names:
            for child in self.children.get(name, ()):
                if (told := child.text) and (found := told.strip()):
                    return str(found)
        return ""

    def texts(self, *names: str) -> list[str]:
        """Return every text of the children of these names."""
        return [told for name in names for child in self.children.get(name, ()) if (told := child.text)]

    def attribute(self, name: str, attribute: str) -> str:
        """Return that attribute of the first child of this name which has it."""
        for child in self.children.get(name, ()):
            if found := child.get(attribute):
                return str(found).strip()
        return ""

    def node(self, name: str) -> "Node | None":
        """Return the first child of this name as a node."""
        found = self.children.get(name)
        return Node(found[0]) if found else None


def raw(element: Element) -> bytes:
    """Return all that the element holds; equal for elements that are read as the same item."""
    told: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return _RESTLESS.sub(b"", told) if b"<media:community" in told else told
