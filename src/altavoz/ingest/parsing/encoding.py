"""From bytes to text: byte-order mark, declaration, header, and what was really meant."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_META_DECLARED = re.compile(rb"""(?i)<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9._:-]+)""")
_HEADER_DECLARED = re.compile(r"""(?i)charset\s*=\s*["']?([A-Za-z0-9._:-]+)""")
#: Names under which people mean the wider Windows code page.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin_1": "cp1252"}
_HEAD = 2048


def decode(body: bytes, content_type: str = "") -> tuple[str, bool]:
    """Return the text and whether the declared encoding told the truth."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), True
    for start, name in _UNMARKED:
        if body.startswith(start):
            return body.decode(name, "replace"), True
    declared = [name for name in (_inside(body), _header(content_type)) if name]
    for place, name in enumerate([*declared, "utf-8"]):
        text = _strictly(body, name)
        if text is not None:
            return text, place == 0
    return _latin(body), False


def _inside(body: bytes) -> str:
    head = body[:_HEAD]
    found = _XML_DECLARED.search(head) or _META_DECLARED.search(head)
    return found[1].decode("ascii") if found else ""


def _header(content_type: str) -> str:
    found = _HEADER_DECLARED.search(content_type)
    return found[1] if found else ""


def _strictly(body: bytes, name: str) -> str | None:
    try:
        normal = codecs.lookup(name).name
        if normal in _WIDER or normal == "cp1252":
            return _latin(body)
        return body.decode(normal)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _latin(body: bytes) -> str:
    # Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever the declaration says.
    if not body.isascii():
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return body.decode("latin-1")
