"""Examples of `chart` for the gallery."""

from altavoz.web.charts import Chart, Point
from altavoz.web.gallery import Example

_SOURCE = "{% chart name=name title=title chart=chart %}"
_MONTH = tuple(
    Point(f"{day} mar 2026", f"{day} mar", (day * 37 % 41 * 3, day * 37 % 41)) for day in range(1, 31)
)
_HUGE = tuple(Point("W" * 60, "W" * 20, (figure, figure // 3)) for figure in (1, 0, 987_654_321))

EXAMPLES = (
    Example(
        _SOURCE,
        {
            "name": "chart_month",
            "title": "Views and reads",
            "chart": Chart(axis="Day", series=("Views", "Reads"), points=_MONTH),
        },
    ),
    Example(
        _SOURCE,
        {
            "name": "chart_huge",
            "title": "W" * 90,
            "chart": Chart(axis="Day", series=("Views", "Reads"), points=_HUGE),
        },
    ),
    Example(
        _SOURCE,
        {"name": "chart_none", "title": "Nothing", "chart": Chart(axis="Day", series=("Views",), points=())},
    ),
)
