"""The licences of the catalogue under their usual names, whatever way they were written."""

import re

_VERSION = re.compile(r"\b([1-4]\.[05])\b")
_PARTS = (
    ("NC", ("noncommercial", "nc")),
    ("ND", ("noderivs", "noderivatives", "nd")),
    ("SA", ("sharealike", "sa")),
)
_NONE = frozenset(("", "none", "null", "n/a", "unknown"))


def usual(text: str) -> str:
    """Return "CC BY-SA 3.0" and the like; what is no such licence stays as it is."""
    folded = " ".join(re.split(r"[\s\-_/]+", text.casefold().strip()))
    if folded in _NONE:
        return ""
    if "youtube" in folded:
        return "Standard YouTube License"
    if "all rights reserved" in folded or "belongs to the speaker" in folded:
        return "All rights reserved"
    if "cc0" in folded or "public domain" in folded:
        return "CC0 1.0"
    if re.search(r"\bcc\b|creative ?commons|creativecommon", folded):
        return _creative(folded)
    return text.strip()


def _creative(folded: str) -> str:
    words = set(re.findall(r"[a-z]+", folded))
    if not words & {"by", "attribution"}:
        return "CC"
    named = "".join(f"-{short}" for short, long in _PARTS if words & set(long))
    version = _VERSION.search(folded)
    return f"CC BY{named}" + (f" {version[1]}" if version else "")
