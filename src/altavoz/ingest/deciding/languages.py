"""The two languages of a work: the one it is in, and the one its title and summary are in."""

from dataclasses import dataclass

from altavoz.core import languages
from altavoz.ingest.parsing.values import Kind

UNKNOWN = languages.UNKNOWN
#: How much of a text is looked at; more does not make the answer better.
_ENOUGH = 300


@dataclass(frozen=True, slots=True)
class Languages:
    """BCP 47 tags; `confidence` is that of the detection, whatever was declared."""

    spoken: str
    metadata: str
    confidence: float


def languages_of(*, title: str, summary: str, kind: Kind, declared: str = "", of_feed: str = "") -> Languages:
    """Return both languages; what is not known stays unknown.

    `declared` is what the work or its owner says of it: that wins over detection. `of_feed` is what the feed says of
    all its works, often a default nobody chose: it settles what detection cannot, and what a podcast is spoken in.
    """
    found = languages.detect(f"{title}. {summary}"[:_ENOUGH], prior=declared or of_feed or None)
    detected = found.language if found.language != UNKNOWN else ""
    metadata = _regional(detected, declared, of_feed) or declared or of_feed or UNKNOWN
    heard = of_feed if kind is Kind.PODCAST else ""
    return Languages(spoken=declared or heard or metadata, metadata=metadata, confidence=found.confidence)


def _regional(detected: str, *told: str) -> str:
    """Return the detected language in the region that was told for it: pt becomes pt-BR."""
    return next((tag for tag in told if tag and tag.partition("-")[0] == detected), detected)
