"""What a card says: of a work, of a creator, of a language, and of the site."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings

from altavoz.core import languages
from altavoz.core.text import clean_text, shorten
from altavoz.showcase.models import Creator, Revision

#: Changed when cards are drawn in another way, so that every one gets a new address.
_STYLE = "1"
_LONGEST = 220


@dataclass(frozen=True, kw_only=True)
class Card:
    """The words on a card, cleaned; `seed` decides the waves behind them."""

    seed: str
    title: str
    title_language: str
    site: str
    creator: str = ""
    language: str = ""
    chip: str = ""

    @property
    def digest(self) -> str:
        """Return a short text that changes whenever the picture would."""
        return blake2b("\0".join((_STYLE, *map(str, astuple(self)))).encode(), digest_size=6).hexdigest()


def of_work(shown: Revision, creators: Sequence[Creator]) -> Card:
    """Return the card of a visible revision."""
    return _card(
        seed=f"showcase.publication:{shown.publication_id}",
        title=shown.title,
        title_language=shown.metadata_language,
        creator=", ".join(creator.name for creator in creators),
        language=shown.spoken_language,
    )


def of_creator(found: Creator) -> Card:
    """Return the card of a creator; their languages are many, so none stands on it."""
    return _card(seed=found.subject, title=found.name, title_language=found.about_language or "und")


def of_language(tag: str) -> Card:
    """Return the card of the hub of a language: its own name, large."""
    return _card(seed=f"web.language:{tag}", title=languages.autonym(tag), title_language=tag)


def of_site() -> Card:
    """Return the card of every other page."""
    return _card(seed="web.site", title="Altavoz", title_language="es")


def _card(*, seed: str, title: str, title_language: str, creator: str = "", language: str = "") -> Card:
    return Card(
        seed=seed,
        title=_plain(title),
        title_language=title_language,
        creator=_plain(creator),
        language=language,
        chip=languages.autonym(language) if language and language != languages.UNKNOWN else "",
        site=urlsplit(settings.PUBLIC_URL).netloc,
    )


def _plain(text: str) -> str:
    """Return one line without invisible marks, not longer than any card has room for."""
    return shorten(clean_text(text), _LONGEST)
