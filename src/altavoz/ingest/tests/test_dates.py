"""Dates and durations as feeds write them."""

from datetime import UTC, datetime

import pytest

from altavoz.ingest.parsing.dates import parse_date, parse_duration, sane_duration


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 03 Jan 2022 10:00:00 +0100", datetime(2022, 1, 3, 9, tzinfo=UTC)),
        ("Tue, 5 Mar 24 10:00:00 PST", datetime(2024, 3, 5, 18, tzinfo=UTC)),
        ("Tue, 5 Mar 98 10:00 EST", datetime(1998, 3, 5, 15, tzinfo=UTC)),
        ("March 5, 2023 3:04 PM", datetime(2023, 3, 5, 15, 4, tzinfo=UTC)),
        ("March 5, 2023 12:04 am", datetime(2023, 3, 5, 0, 4, tzinfo=UTC)),
        ("lun, 03 ene 2022 10:00:00 +0000", datetime(2022, 1, 3, 10, tzinfo=UTC)),
        ("3 de enero de 2022", datetime(2022, 1, 3, tzinfo=UTC)),
        ("15 de março de 2021 10:30", datetime(2021, 3, 15, 10, 30, tzinfo=UTC)),
        ("1er février 2021", datetime(2021, 2, 1, tzinfo=UTC)),
        ("12 août 2020 14h30", datetime(2020, 8, 12, 14, 30, tzinfo=UTC)),
        ("2024-02-03", datetime(2024, 2, 3, tzinfo=UTC)),
        ("20240203", datetime(2024, 2, 3, tzinfo=UTC)),
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC)),
        ("2024-02-03T10:00:00.123Z", datetime(2024, 2, 3, 10, tzinfo=UTC)),
        ("2024-02-03 10:00:60 -03:00", datetime(2024, 2, 3, 13, 0, 59, tzinfo=UTC)),
        ("1612345678", datetime(2021, 2, 3, 9, 47, 58, tzinfo=UTC)),
        ("1612345678000", datetime(2021, 2, 3, 9, 47, 58, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-01-01", None),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("5 brumario 2020", None),
        ("31 feb 2020", None),
        ("Mon, 03 Jan 2022 10:00:00 +9999", None),
        ("", None),
        ("ayer", None),
    ],
)
def test_dates(text: str, moment: datetime | None) -> None:
    assert parse_date(text) == moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        (":30", 30),
        ("3723", 3723),
        ("123.6", 124),
        ("0.2", 1),
        ("PT1H2M3S", 3723),
        ("P0DT10M", 600),
        ("PT90.5S", 90),
        ("45 min", 2700),
        ("1h 2m", 3720),
        ("1 hora 5 minutos", 3900),
        ("0", None),
        ("-5", None),
        ("99:99:99:99", None),
        ("1:xx", None),
        ("P", None),
        ("nan", None),
        ("much", None),
    ],
)
def test_durations(text: str, seconds: int | None) -> None:
    assert parse_duration(text) == seconds


def test_a_length_must_be_a_length() -> None:
    assert [sane_duration(each) for each in (None, float("nan"), float("inf"), 0, 86400, 86401)] == [
        *(None, None, None, None),
        86400,
        None,
    ]
