"""Figures of a few classes: a table whose first column carries a bar."""

from collections.abc import Sequence

from altavoz.web.charts import Share
from altavoz.web.component import Values, component


@component()
def shares(*, caption: str, axis: str, series: Sequence[str], rows: Sequence[Share]) -> Values:
    """Draw a row for each class, its bar as long as its first figure is beside the highest of all."""
    highest = max((row.figures[0] for row in rows), default=0)
    drawn = [(row, _percent(row.figures[0], highest)) for row in rows]
    return {"caption": caption, "axis": axis, "series": series, "rows": drawn}


def _percent(figure: int, highest: int) -> int:
    """Return the length of a bar; what is there at all can be seen."""
    return max(1, figure * 100 // highest) if figure > 0 else 0
