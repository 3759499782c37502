"""Examples of `date` for the gallery."""

from datetime import UTC, datetime

from altavoz.web.gallery import Example

_AT = datetime(2026, 3, 3, 18, 5, tzinfo=UTC)
EXAMPLES = tuple(
    Example("{% date at=at form=form %}", {"at": _AT, "form": form}) for form in ("short", "long", "moment")
)
