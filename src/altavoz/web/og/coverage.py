"""Which characters a font file has glyphs for, read from its `cmap` table (pure but for the file)."""

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_COLLECTION = b"ttcf"
# Subtables by platform and encoding, best first: the whole of Unicode, then its first plane.
_WANTED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
_SEGMENTS, _GROUPS = 4, 12


@dataclass(frozen=True)
class Coverage:
    """Code points in ranges, in order; `ends` are included."""

    starts: "array[int]"
    ends: "array[int]"

    def __contains__(self, code: int) -> bool:
        """Return whether the font has a glyph for the code point."""
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]


def read(path: Path, index: int = 0) -> Coverage | None:
    """Return what the font `index` of a file covers; None for what is no font we can read."""
    try:
        with path.open("rb") as file:
            return _merged(_pairs(_table(file, index)))
    except (OSError, struct.error, IndexError, KeyError):
        return None


def _table(file: BinaryIO, index: int) -> bytes:
    """Return the bytes of the `cmap` table; raises KeyError without one."""
    (start,) = struct.unpack(">I", file.read(16)[12:]) if _is_collection(file) else (0,)
    if start:
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    records = struct.iter_unpack(">4sIII", file.read(16 * count))
    tables = {tag: (offset, length) for tag, _sum, offset, length in records}
    offset, length = tables[b"cmap"]
    file.seek(offset)
    return file.read(length)


def _is_collection(file: BinaryIO) -> bool:
    head = file.read(4)
    file.seek(0)
    return head == _COLLECTION


def _pairs(table: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">2xH", table)
    records = (struct.unpack_from(">HHI", table, 4 + 8 * number) for number in range(count))
    found = {(platform, encoding): offset for platform, encoding, offset in records}
    start = next(found[wanted] for wanted in _WANTED if wanted in found) if found else 0
    (form,) = struct.unpack_from(">H", table, start)
    if form == _GROUPS:
        yield from _groups(table, start)
    if form == _SEGMENTS:
        yield from _segments(table, start)


def _groups(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", table, start + 12)
    for number in range(count):
        first, last, _glyph = struct.unpack_from(">III", table, start + 16 + 12 * number)
        yield first, last


def _segments(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Read format 4: some of its segments map single characters to glyph 0, which is no glyph."""
    (double,) = struct.unpack_from(">H", table, start + 6)
    ends = start + 14
    starts, deltas, offsets = (ends + 2 + double * number for number in (1, 2, 3))
    for at in range(0, double, 2):
        (last,) = struct.unpack_from(">H", table, ends + at)
        (first,) = struct.unpack_from(">H", table, starts + at)
        (delta,) = struct.unpack_from(">H", table, deltas + at)
        (offset,) = struct.unpack_from(">H", table, offsets + at)
        if not offset:
            yield from _runs(code for code in range(first, last + 1) if (code + delta) & 0xFFFF)
            continue
        glyphs = offsets + at + offset
        yield from _runs(
            code
            for code in range(first, last + 1)
            if struct.unpack_from(">H", table, glyphs + 2 * (code - first))[0]
        )


def _runs(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    for code in codes:
        yield code, code


def _merged(pairs: Iterable[tuple[int, int]]) -> Coverage:
    starts, ends = array("L"), array("L")
    for first, last in sorted(pairs):
        if ends and first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return Coverage(starts, ends)
