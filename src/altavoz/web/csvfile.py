"""Tables for spreadsheets: UTF-8 that Excel recognises, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.http import StreamingHttpResponse

_MARK = "\ufeff"  # without it Excel takes the file for another encoding
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def safe(cell: object) -> object:
    """Return the cell so that no spreadsheet takes it for a formula: an apostrophe before what begins like one."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of the file, each as RFC 4180 wants it."""
    place = StringIO()
    writer = csv.writer(place)
    yield _MARK
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield place.getvalue()
        place.seek(0)
        place.truncate()


def download(name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Return the file as a download, written while it is sent; `name` is plain ASCII."""
    return StreamingHttpResponse(
        lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
