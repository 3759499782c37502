"""Reads bytes as XML: strictly first, then with the few repairs that lose nothing."""

import html
import re
from dataclasses import dataclass

from lxml import etree

from altavoz.ingest.parsing.encoding import decode
from altavoz.ingest.parsing.names import Element
from altavoz.ingest.parsing.values import Refused, Repair

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(r"<[^!?\s]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]*);")
_BARE = re.compile(r"&(?!#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_HTML_START = re.compile(r"(?is)^\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])")


@dataclass(frozen=True, slots=True)
class Document:
    """A tree and what was repaired to get it; without a tree, the text for the lenient reader."""

    root: Element | None
    text: str
    repairs: tuple[Repair, ...] = ()


def read(body: bytes, content_type: str, base_url: str) -> Document | Refused:
    """Return the document, or why it is refused before anything is parsed."""
    text, honest = decode(body, content_type)
    refusal = _refuse(text)
    if refusal:
        return refusal
    repairs = () if honest else (Repair.ENCODING,)
    text = _DECLARATION.sub("", text, count=1).lstrip()
    root = _strict(text, base_url)
    if root is not None:
        return Document(root, text, repairs)
    mended, more = mend(text)
    root = _strict(mended, base_url) if more else None
    return Document(root, mended, (*repairs, *more))


def is_html(text: str) -> bool:
    """Tell whether the text begins as a web page does."""
    return bool(_HTML_START.match(text[:4096]))


def defines_entities(text: str) -> bool:
    """Tell whether entities are defined before the root element; a text may well speak of them."""
    prolog = _ASIDE.sub("", text)
    root = _ROOT.search(prolog)
    return bool(_ENTITY.search(prolog, 0, root.start() if root else len(prolog)))


def mentions_entities(text: str) -> bool:
    """Tell whether the text mentions definitions of entities anywhere: no reader that expands them may see it."""
    return bool(_ENTITY.search(text))


def mend(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text without what makes an XML reader stop and no reader needs."""
    repairs: list[Repair] = []
    cleaned = _FORBIDDEN_REFERENCE.sub("", _FORBIDDEN.sub("", text))
    if cleaned != text:
        repairs.append(Repair.CONTROL_CHARACTERS)
    outside = _CDATA.split(cleaned)
    named = [part if part.startswith("<![CDATA[") else _NAMED.sub(_character, part) for part in outside]
    if named != outside:
        repairs.append(Repair.HTML_ENTITIES)
    escaped = [part if part.startswith("<![CDATA[") else _BARE.sub("&amp;", part) for part in named]
    if escaped != named:
        repairs.append(Repair.BARE_AMPERSAND)
    return "".join(escaped), tuple(repairs)


def _refuse(text: str) -> Refused | None:
    if not text.strip():
        return Refused.EMPTY
    if _ENTITY.search(text) and defines_entities(text):
        return Refused.ENTITIES
    return Refused.HTML if is_html(text) else None


def _strict(text: str, base_url: str) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "surrogatepass"), parser, base_url=base_url or None)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _OF_XML:
        return found[0]
    decoded = html.unescape(found[0])
    return (
        "&amp;" + found[0][1:] if decoded == found[0] else decoded.replace("&", "&amp;").replace("<", "&lt;")
    )
