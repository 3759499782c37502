"""Text set in lines: each piece in a font that has its letters, in the order in which they are seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from altavoz.core import languages
from altavoz.core.languages import scripts
from altavoz.core.text import graphemes
from altavoz.web.og import bidi
from altavoz.web.og.breaking import may_break
from altavoz.web.og.fonts import EMOJI_SIZE, Face, library

_ELLIPSIS = "…"
# Widths are measured once, at this size; letters scale but for a hair.
_MEASURED_AT, _HAIR = 100, 1.015
# A grapheme may be a tower of marks; more than this is decoration, and would hide what stands above.
_TALLEST = 8
#: Of the letters of a text at least so many must be writable, else it would only confuse.
_ENOUGH = 0.8
#: How far lines stand apart, in sizes of the letters; what is not named here is like Latin.
_LEADING = {
    **dict.fromkeys(("Arab", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"), 1.5),
    **dict.fromkeys(("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"), 1.4),
    **dict.fromkeys(("Jpan", "Hani", "Kore", "Ethi", "Hebr"), 1.25),
}
_LATIN_LEADING = 1.14


@dataclass(frozen=True)
class Cluster:
    """What a reader sees as one character: its font and its level of direction."""

    text: str
    face: Face
    level: int


@dataclass(frozen=True)
class Run:
    """Neighbours in one font and one direction."""

    text: str
    face: Face
    rightward: bool  # False where it runs from right to left
    language: str

    def width(self, size: int) -> float:
        """Return how many pixels wide it is."""
        length = self.face.at(size).getlength(
            self.text, direction="ltr" if self.rightward else "rtl", language=self.language
        )
        return float(length) * (size / EMOJI_SIZE if self.face.coloured else 1)


@dataclass(frozen=True)
class Lines:
    """A text set: lines of runs from left to right, at a size."""

    lines: tuple[tuple[Run, ...], ...]
    size: int
    leading: int
    rightward: bool

    @property
    def height(self) -> int:
        """Return how many pixels high all lines are."""
        return self.leading * len(self.lines)


@dataclass
class Text:
    """A text with a font for each of its graphemes; those that no font here has are left out."""

    text: str
    language: str
    clusters: list[Cluster] = field(default_factory=list)
    missing: int = 0
    _widths: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the fonts and the directions."""
        known = library()
        current: Face | None = None
        chosen: list[tuple[str, Face]] = []
        for grapheme in (one[:_TALLEST] for one in graphemes(self.text)):
            if current is None or current.coloured or not (_common(grapheme) and current.covers(grapheme)):
                current = known.face(grapheme, self.language) or current
            if current is None or not current.covers(grapheme):
                self.missing += 1
                continue
            chosen.append((grapheme, current))
        self.base = bidi.base_level("".join(grapheme for grapheme, _ in chosen))
        self.clusters = self._levelled(chosen)

    def _levelled(self, chosen: list[tuple[str, Face]]) -> list[Cluster]:
        level = iter(bidi.levels("".join(grapheme for grapheme, _ in chosen), self.base))
        found = []
        for grapheme, face in chosen:
            own = [next(level) for _ in grapheme]
            found.append(Cluster(grapheme, face, own[0]))
        return found

    @property
    def writable(self) -> bool:
        """Return whether enough of the text can be written here to be understood."""
        return len(self.clusters) >= _ENOUGH * max(1, len(self.clusters) + self.missing)

    def fitted(self, width: int, height: int, sizes: Sequence[int]) -> Lines:
        """Return the text at the largest of the sizes that fits without breaking a word.

        Where there is none, words may be broken; where not even that helps, an ellipsis says that there is more.
        """
        ratio = self._leading()
        tries = [(size, round(size * ratio), width / size * _MEASURED_AT / _HAIR) for size in sizes]
        found = next(
            (one for whole in (True, False) for one in tries if self._fits(*one, height, whole=whole)),
            tries[-1],
        )
        size, leading, room = found
        kept = self._cut(self._broken(room), max(1, height // leading), room)
        return Lines(tuple(map(self._runs, kept)), size, leading, rightward=not self.base)

    def _fits(self, _size: int, leading: int, width: float, height: int, *, whole: bool) -> bool:
        if whole and any(self._width(word) > width for word in self._words()):
            return False
        return len(self._broken(width)) <= max(1, height // leading)

    def _leading(self) -> float:
        found = scripts.counts("".join(cluster.text for cluster in self.clusters))
        return max((_LEADING.get(script, _LATIN_LEADING) for script in found), default=_LATIN_LEADING)

    def _broken(self, width: float) -> list[list[Cluster]]:
        """Return lines as wide as allowed, broken between words, or within those that are wider than a line."""
        lines: list[list[Cluster]] = [[]]
        for word in self._words():
            if self._width([*lines[-1], *word]) <= width:
                lines[-1] += word
                continue
            if lines[-1]:
                lines.append([])
            for cluster in word:
                if lines[-1] and self._width([*lines[-1], cluster]) > width:
                    lines.append([])
                lines[-1].append(cluster)
        return [stripped for line in lines if (stripped := _stripped(line))]

    def _words(self) -> list[list[Cluster]]:
        words: list[list[Cluster]] = []
        for before, cluster in zip([None, *self.clusters], self.clusters, strict=False):
            if before is None or may_break(before.text, cluster.text):
                words.append([])
            words[-1].append(cluster)
        return words

    def _cut(self, lines: list[list[Cluster]], room: int, width: float) -> list[list[Cluster]]:
        """Return as many lines as there is room for; the last one says with an ellipsis that there is more."""
        if len(lines) <= room:
            return lines
        last = [*lines[room - 1]]
        while last and self._width([*last, self._ellipsis(last)]) > width:
            last.pop()
        last = _stripped(last)
        return [*lines[: room - 1], [*last, self._ellipsis(last)]]

    def _ellipsis(self, after: list[Cluster]) -> Cluster:
        face = next((one.face for one in reversed(after) if one.face.covers(_ELLIPSIS)), None)
        found = face or library().face(_ELLIPSIS, self.language)
        return (
            Cluster(_ELLIPSIS, found, self.base) if found else Cluster("", self.clusters[0].face, self.base)
        )

    def _width(self, clusters: list[Cluster]) -> float:
        """Return the width at the size we measure at, without the spaces at the end."""
        return sum(self._run_width(run) for run in self._logical(_stripped(clusters)))

    def _run_width(self, run: Run) -> float:
        key = f"{id(run.face)} {run.rightward} {run.text}"
        if key not in self._widths:
            self._widths[key] = run.width(_MEASURED_AT)
        return self._widths[key]

    def _logical(self, clusters: list[Cluster]) -> list[Run]:
        groups = groupby(clusters, key=lambda one: (one.face, one.level))
        return [
            Run("".join(one.text for one in group), face, level % 2 == 0, languages.base(self.language))
            for (face, level), group in groups
        ]

    def _runs(self, line: list[Cluster]) -> tuple[Run, ...]:
        """Return the pieces of a line from left to right."""
        groups = [level for (_, level), _ in groupby(line, key=lambda one: (one.face, one.level))]
        runs = self._logical(line)
        return tuple(runs[at] for at in bidi.visual(groups))


def _common(grapheme: str) -> bool:
    """Return whether a grapheme belongs to no script of its own, as spaces and points do."""
    return not any(map(str.isalpha, grapheme))


def _stripped(line: list[Cluster]) -> list[Cluster]:
    first = next((at for at, one in enumerate(line) if not one.text.isspace()), len(line))
    last = next((at for at in range(len(line), 0, -1) if not line[at - 1].text.isspace()), 0)
    return line[first:last]
