"""What languages are called, by their speakers and in other languages, and which way they run."""

from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from altavoz.core.languages.catalogue import UNKNOWN
from altavoz.core.languages.tags import likely_script, normalise

_RIGHT_TO_LEFT = "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa"

# Autonyms that Babel has no locale for.
_AUTONYMS = {
    "ay": "Aymar aru",
    "arn": "Mapudungun",
    "pap": "Papiamentu",
}


@lru_cache(maxsize=1024)
def autonym(tag: str) -> str:
    """Return the name its speakers give the language, in the form that begins a line; the tag if unknown."""
    known = normalise(tag)
    if known == UNKNOWN:
        return tag
    return _AUTONYMS.get(known) or _capitalised(_display(known, known)) or name(known, "en")


@lru_cache(maxsize=8192)
def name(tag: str, in_: str) -> str:
    """Return what the language is called in the language `in_` (English if that is unknown); else the tag."""
    known = normalise(tag)
    return _display(known, normalise(in_)) or _display(known, "en") or tag


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return which way the language is written; "ltr" where nobody knows."""
    return "rtl" if likely_script(normalise(tag)) in _RIGHT_TO_LEFT.split() else "ltr"


def _display(tag: str, in_: str) -> str:
    try:
        into = Locale.parse(in_, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    exact = into.languages.get(tag.replace("-", "_"))
    if exact or "-" not in tag:
        return str(exact or "")
    language, *rest = tag.split("-")
    details = [into.scripts.get(part) or into.territories.get(part) or part for part in rest]
    plain = into.languages.get(language)
    return f"{plain} ({', '.join(details)})" if plain else ""


def _capitalised(text: str) -> str:
    """Return `text` with a capital first letter, unless its first word has capitals inside ("isiZulu")."""
    return text[:1].title() + text[1:] if text.partition(" ")[0].islower() else text
