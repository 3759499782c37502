"""Figures over time, drawn and as a table."""

from altavoz.web.charts import Chart
from altavoz.web.component import Values, component


@component()
def chart(*, name: str, title: str, chart: Chart) -> Values:
    """Draw bars and a line over time, with the same figures as a table beneath; `name` is its id on the page."""
    return {"name": name, "title": title, "chart": chart}
