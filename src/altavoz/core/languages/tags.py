"""Language tags in one normal form, whatever form they come in."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale, localedata
from babel.core import get_global

from altavoz.core.languages.catalogue import CONTENT_LANGUAGES, UNKNOWN

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-.*)?", re.IGNORECASE)

# What Babel's aliases leave out: written Norwegian is Bokmål unless it says Nynorsk, and countries that
# are often given where a language is meant (only where no language has that code).
_ALIASES = {
    "no": "nb",
    "nor": "nb",
    "tgl": "fil",
    "jp": "ja",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "ua": "uk",
    "vn": "vi",
    "ir": "fa",
    "mul": UNKNOWN,
    "mis": UNKNOWN,
    "zxx": UNKNOWN,
    "root": UNKNOWN,
}
_HAN_OF_REGION = {"CN": "Hans", "SG": "Hans", "MY": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}
_OTHER_NAMES = {
    "castilian": "es",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese (traditional)": "zh-Hant",
    "brazilian portuguese": "pt-BR",
    "portuguese (brazil)": "pt-BR",
    "norwegian": "nb",
    "farsi": "fa",
    "tagalog": "fil",
    "kurdish (sorani)": "ckb",
    "modern greek (1453-)": "el",
    "romanian; moldavian; moldovan": "ro",
}


@lru_cache(maxsize=4096)
def normalise(tag: str) -> str:
    """Return the BCP 47 tag for a tag, an ISO 639-2/3 code or a language's name; UNKNOWN if there is none.

    A script is kept only where it tells something ("sr-Latn", "zh-Hant"), a region only where given
    ("pt-BR"); Chinese has its script instead of a region. Anything further is dropped.
    """
    given = tag.strip().replace("_", "-").split(".")[0].split("@")[0]
    match = _TAG.fullmatch(given)
    if match is None:
        return _by_name(tag)
    code, script, region = match.groups(default="")
    return _assemble(code.lower(), script.title(), region.upper()) or _by_name(tag)


def _assemble(code: str, script: str, region: str) -> str:
    aliases: Mapping[str, str] = get_global("language_aliases")
    language, *rest = _ALIASES.get(code, aliases.get(code, code)).split("_")
    language = _ALIASES.get(language, language)
    script = script or next((part for part in rest if len(part) == len("Latn")), "")
    if language != UNKNOWN and language not in _english():
        return ""
    if language == "zh":
        script, region = script or _HAN_OF_REGION.get(region, ""), ""
    elif script == likely_script(f"{language}-{region}" if region else language):
        script = ""
    return UNKNOWN if language == UNKNOWN else "-".join(filter(None, (language, script, region)))


def base(tag: str) -> str:
    """Return the language alone, without script and region: "pt" for "pt-BR"."""
    return normalise(tag).partition("-")[0]


@lru_cache(maxsize=4096)
def likely_script(tag: str) -> str:
    """Return the ISO 15924 script that `tag` is written in; "" if nobody knows."""
    language, *rest = tag.split("-")
    for part in rest:
        if len(part) == len("Latn"):
            return part
    likely: Mapping[str, str] = get_global("likely_subtags")
    found = likely.get("_".join([language, *rest])) or likely.get(language, "")
    return found.split("_")[1] if found else ""


def _by_name(text: str) -> str:
    wanted = re.sub(r"\s+", " ", text).strip().casefold()
    names = _names()
    for candidate in (wanted, re.split(r"\s*[;,/(]", wanted)[0].strip()):
        if candidate in names:
            return names[candidate]
    return UNKNOWN


@cache
def _english() -> Mapping[str, str]:
    """Return every language code Babel knows with its English name."""
    languages: Mapping[str, str] = Locale("en").languages
    return languages


@cache
def _names() -> Mapping[str, str]:
    """Return the codes of languages by casefolded English name and autonym, ours winning over rarer ones."""
    found = {name.casefold(): code.replace("_", "-") for code, name in _english().items()}
    found |= {
        str(Locale.parse(code).get_language_name()).casefold(): code
        for code in CONTENT_LANGUAGES
        if localedata.exists(code)
    }
    return (
        found | _OTHER_NAMES | {"root": UNKNOWN, "unknown language": UNKNOWN, "multiple languages": UNKNOWN}
    )
