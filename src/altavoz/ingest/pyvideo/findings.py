"""What was repaired or refused in a record, so that an operator can look it up."""

from dataclasses import dataclass

from django.utils.functional import Promise

from altavoz.ingest import words


@dataclass(frozen=True, slots=True)
class Finding:
    """A key of words.FINDINGS, the record it was found in, and what was there."""

    code: str
    record: str
    detail: str = ""

    @property
    def words(self) -> Promise:
        """Return what was done about it, in a sentence."""
        return words.FINDINGS[self.code]


#: Findings that left a record out.
REFUSED = frozenset(
    ("bad_json", "not_an_object", "no_title", "no_address", "unsafe_path", "too_large", "link", "no_publish")
)
