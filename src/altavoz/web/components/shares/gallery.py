"""Examples of `shares` for the gallery."""

from altavoz.web.charts import Share
from altavoz.web.gallery import Example

_SOURCE = "{% shares caption='Languages' axis='Language' series=series rows=rows %}"
_SERIES = ("Views", "Reads", "Clicks")

EXAMPLES = (
    Example(
        _SOURCE,
        {
            "series": _SERIES,
            "rows": (
                Share("Español", (1200, 310, 90), language="es"),
                Share("العربية", (300, 30, 0), language="ar"),
                Share("W" * 120, (1, 0, 0), href="#"),
            ),
        },
    ),
    Example(_SOURCE, {"series": _SERIES, "rows": ()}),
)
