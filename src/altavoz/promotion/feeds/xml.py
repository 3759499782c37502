"""Writing XML that is always well-formed: every value is escaped, what XML cannot hold is left out (pure)."""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return the text without characters that XML forbids (controls, halves of surrogates)."""
    return _FORBIDDEN.sub("", text)


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element on a line; attributes without a value are left out, `xml_lang` stands for xml:lang."""
    opened = f"{name}{_attributes(attributes)}"
    return f"<{opened}>{escape(allowed(text))}</{name}>\n" if text else f"<{opened}/>\n"


def optional(name: str, text: str, /, **attributes: str) -> str:
    """Return an element, or nothing where there is nothing to say."""
    return element(name, text, **attributes) if text else ""


def opening(name: str, /, **attributes: str) -> str:
    """Return the start of an element that holds others."""
    return f"<{name}{_attributes(attributes)}>\n"


def moment(at: datetime) -> str:
    """Return a time as RFC 3339 writes it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _attributes(attributes: dict[str, str]) -> str:
    pairs = ((name.replace("_", ":"), value) for name, value in attributes.items() if value)
    return "".join(f" {name}={quoteattr(allowed(value))}" for name, value in pairs)
