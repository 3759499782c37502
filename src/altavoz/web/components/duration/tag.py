"""How long a work lasts."""

from altavoz.web.component import Values, component

_HOUR = 3600
_MINUTE = 60


def clock(seconds: int) -> str:
    """Return 1:02:03 or 4:05."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@component(remembered=True)
def duration(*, seconds: int | None) -> Values:
    """Draw a duration; nothing where it is unknown."""
    return {"seconds": seconds, "text": clock(seconds) if seconds else ""}
