"""How a work is cited: plain words, BibLaTeX and the Citation File Format, in any script and with any characters."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

_LATEX: Final = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces even behind a backslash, so these must not stand as themselves.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPES: Final = str.maketrans(_LATEX)
#: Kinds of works as the Citation File Format calls them.
_CFF_TYPES: Final = {
    "video": "video",
    "live": "video",
    "talk": "video",
    "podcast": "sound-recording",
    "article": "article",
    "course": "multimedia",
}


#: The format demands an author.
_NOBODY: Final = "Altavoz"


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is cited; `kind` is the code of its kind and `form` the reader's word for it."""

    key: str
    title: str
    authors: tuple[str, ...]
    published: date | None
    url: str
    host: str
    kind: str
    form: str
    language: str
    seen: date


def plain(work: Work) -> str:
    """Return one line as people write it: authors (date). Title [form]. Host. Address."""
    authors = ", ".join(_line(name) for name in work.authors) or work.host
    when = f" ({work.published.isoformat()})" if work.published else ""
    return f"{authors}{when}. {_line(work.title)} [{work.form}]. {work.host}. {_address(work.url)}"


def bibtex(work: Work) -> str:
    """Return an entry for BibLaTeX in UTF-8, with all that LaTeX would take for a command escaped."""
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in work.authors),
        "title": f"{{{_latex(work.title)}}}",
        "titleaddon": f"{{{_latex(work.form)}}}",
        "organization": f"{{{_latex(work.host)}}}",
        "date": work.published.isoformat() if work.published else "",
        "language": _latex(work.language),
        "url": _address(work.url),
        "urldate": work.seen.isoformat(),
    }
    rows = "".join(f'  {name} = "{value}",\n' for name, value in fields.items() if value)
    return f"@online{{{work.key},\n{rows}}}\n"


def cff(work: Work) -> str:
    """Return a CITATION.cff (1.2.0) that asks to cite the work."""
    address = _address(work.url) if work.url.startswith(("https://", "http://")) else ""
    web = f"url: {_yaml(address)}\n" if address else ""
    authors = "".join(
        f"  - name: {_yaml(name)}\n" for name in dict.fromkeys(work.authors or (work.host or _NOBODY,))
    )
    told = [
        ("type", _CFF_TYPES.get(work.kind, "generic")),
        ("title", _yaml(work.title or address)),
        ("url", _yaml(address) if address else ""),
        ("date-published", work.published.isoformat() if work.published else ""),
        ("date-accessed", work.seen.isoformat()),
        (
            "languages",
            _languages(work.language),
        ),
    ]
    rows = "".join(f"  {name}: {value}\n" for name, value in told if value)
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use this work, please cite it as below."\n'
        f"title: {_yaml(work.title or address)}\n"
        f"authors:\n{authors}"
        f"{web}"
        f"preferred-citation:\n{rows}"
        f"  authors:\n{authors.replace('  - ', '    - ')}"
    )


def _languages(tag: str) -> str:
    base = tag.partition("-")[0]
    return f"[{base}]" if re.fullmatch("[a-z]{2,3}", base) and base != "und" else ""


def _line(told: str) -> str:
    """Return the text on one line, without what controls a terminal or turns the direction of what follows."""
    kept = "".join(" " if char.isspace() else char for char in told if not _controls(char))
    return " ".join(kept.split())


def _controls(char: str) -> bool:
    is_control = unicodedata.category(char) == "Cc" and not char.isspace()
    return is_control or char in "\u202a\u202b\u202c\u202d\u202e"


def _latex(told: str) -> str:
    return _line(told).translate(_ESCAPES)


def _yaml(told: str) -> str:
    """Return a quoted scalar: every JSON string without surrogates is one."""
    return json.dumps(_line(told), ensure_ascii=False)


def _address(url: str) -> str:
    """Return the address with nothing in it that a verbatim field or a line could stumble over."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
