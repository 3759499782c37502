"""A day or moment in the reader's format, exact for machines."""

from datetime import datetime

from altavoz.web import formatting
from altavoz.web.component import Values, component

_FORMS = {"long": formatting.day, "short": formatting.short_day, "moment": formatting.moment}


@component(remembered=True)
def date(*, at: datetime | None, form: str = "short") -> Values:
    """Draw a time as "short" (3 mar 2026), "long" (3 de marzo de 2026) or "moment" (with hour and zone)."""
    return {"at": at, "text": _FORMS[form](at) if at else "", "dir": formatting.direction()}
