"""The picture itself: a poster of paper, ink and sound waves, as a small PNG."""

import io
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

from altavoz.web import covers
from altavoz.web.og.content import Card
from altavoz.web.og.fonts import EMOJI_SIZE
from altavoz.web.og.setting import Lines, Run, Text
from altavoz.web.og.waves import Waves, read

WIDTH, HEIGHT = 1200, 630
PAPER, INK, CORAL = "#fbf7f0", "#1b1a17", "#c8401b"
#: Ground, both waves and dot of each cover; the same as in the stylesheet of the component `cover`.
PALETTES = (
    ("#c8401b", "#f2b134", "#1b1a17", "#fbf7f0"),
    ("#0b6e6e", "#fbf7f0", "#f2b134", "#c8401b"),
    ("#f2b134", "#1b1a17", "#c8401b", "#fbf7f0"),
    ("#1b1a17", "#c8401b", "#0f8a8a", "#f2b134"),
    ("#efe3cb", "#c8401b", "#0b6e6e", "#1b1a17"),
    ("#f0a58d", "#fbf7f0", "#7a2310", "#0b6e6e"),
)
_FINER = 2  # waves are drawn twice as large and made smaller, which smooths their edges
_SHEET = (48, 48, 912, HEIGHT - 48)  # the paper, where text runs from left to right
_INNER = 52
_EDGE = 5  # keeps a dot of the colour of paper off the paper
_SIZES = (150, 124, 106, 92, 84, 76, 68, 60, 54, 48, 42)
_LINE = 34  # size of what stands above and below the title
_COLOURS = 96


def png(card: Card) -> bytes:
    """Return the card as PNG, 1200 by 630 pixels, in few colours."""
    out = io.BytesIO()
    drawn(card).quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def drawn(card: Card) -> Image.Image:
    """Return the card as a picture; what no font here can write is left out."""
    title = Text(card.title, card.title_language)
    image = _poster(card.seed)
    if title.clusters and title.writable:
        sheet = _Sheet(image.copy(), rightward=not title.base)
        sheet.write(card, title)
        image.paste(sheet.image.crop(sheet.box), sheet.box)  # towers of marks end with the paper
    else:
        _mark(ImageDraw.Draw(image), (72, HEIGHT - 72 - 128), 128, tile=True)
    return image


def _poster(seed: str) -> Image.Image:
    """Return the cover of the same seed, large."""
    ground, first, second, dot = PALETTES[covers.palette(seed)]
    found = read(covers.arcs(seed))
    scale = WIDTH * _FINER / found.width
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), ground)
    draw = ImageDraw.Draw(image)
    lift = (found.height * scale - image.height) / 2
    for waves, colour in zip(found.waves, (first, second), strict=True):
        _rings(draw, waves, colour, scale, lift)
    x, y, radius = (one * scale for one in found.dot)
    draw.ellipse((x - radius, y - radius - lift, x + radius, y + radius - lift), fill=dot)
    return image.reduce(_FINER)


def _rings(draw: ImageDraw.ImageDraw, waves: Waves, colour: str, scale: float, lift: float) -> None:
    x, y, thick = waves.x * scale, waves.y * scale - lift, waves.thickness * scale
    for ring in waves.radii:
        outer = ring * scale + thick / 2
        draw.ellipse((x - outer, y - outer, x + outer, y + outer), outline=colour, width=round(thick))


class _Sheet:
    """The paper on the poster, mirrored where the title runs from right to left."""

    def __init__(self, image: Image.Image, *, rightward: bool) -> None:
        left, top, right, bottom = _SHEET
        if not rightward:
            left, right = WIDTH - right, WIDTH - left
        self.image, self.draw, self.rightward = image, ImageDraw.Draw(image), rightward
        self.draw.rectangle((left, top, right, bottom), fill=PAPER, outline=INK, width=_EDGE)
        self.box = (left, top, right + 1, bottom + 1)
        self.left, self.right = left + _INNER, right - _INNER
        self.top, self.bottom = top + _INNER - 8, bottom - _INNER + 8

    @property
    def width(self) -> int:
        """Return the room for text, in pixels."""
        return self.right - self.left

    def write(self, card: Card, title: Text) -> None:
        """Write the head, the title and who made the work."""
        self._head(card)
        room = (self.top + 76, self.bottom - 64)
        lines = title.fitted(self.width, room[1] - room[0], _SIZES)
        self._lines(lines, room[0] + (room[1] - room[0] - lines.height) // 2)
        self._foot(card)

    def _head(self, card: Card) -> None:
        """Write whose card it is on the near side, and the language by its own name on the far one."""
        side = 52
        _mark(self.draw, (self.left if self.rightward else self.right - side, self.top), side)
        self._line("Altavoz", "es", self.top + 39, inset=side + 16)
        chip = Text(card.chip, card.language).fitted(self.width // 2, 1, (_LINE - 4,)) if card.chip else None
        if chip and chip.lines:
            self._chip(chip)

    def _chip(self, chip: Lines) -> None:
        wide = sum(run.width(chip.size) for run in chip.lines[0]) + 40
        left = self.right - wide if self.rightward else self.left
        self.image.paste(INK, (round(left), self.top), _pill(round(wide)))
        self._put(chip.lines[0], left + 20, self.top + 37, chip.size, PAPER)

    def _foot(self, card: Card) -> None:
        site = Text(card.site, "en").fitted(self.width // 2, 1, (_LINE - 6,))
        taken = max((sum(run.width(site.size) for run in line) for line in site.lines), default=0)
        for line in site.lines[:1]:
            left = self.right - taken if self.rightward else self.left
            self._put(line, left, self.bottom - 6, site.size, CORAL)
        self._line(card.creator, card.title_language, self.bottom - 6, less=taken + 32)

    def _line(self, words: str, language: str, base: float, *, inset: int = 0, less: float = 0) -> None:
        """Write one line on the near side."""
        text = Text(words, language)
        if not text.clusters or not text.writable:
            return
        line = text.fitted(round(self.width - inset - less), 1, (_LINE,)).lines[0]
        wide = sum(run.width(_LINE) for run in line)
        self._put(line, self.left + inset if self.rightward else self.right - inset - wide, base, _LINE, INK)

    def _lines(self, lines: Lines, top: int) -> None:
        for number, line in enumerate(lines.lines):
            wide = sum(run.width(lines.size) for run in line)
            left = self.left if self.rightward else self.right - wide
            # What a line has above its letters and below them is shared out as most scripts need it.
            base = top + lines.leading * number + (lines.leading + 0.7 * lines.size) / 2
            self._put(line, left, base, lines.size, INK)

    def _put(self, line: tuple[Run, ...], left: float, base: float, size: int, colour: str) -> None:
        for run in line:
            wide = run.width(size)
            if run.face.coloured:
                self._emoji(run, left, base, size)
            else:
                self.draw.text(
                    (left, base), run.text, fill=colour, font=run.face.at(size), anchor="ls",
                    direction="ltr" if run.rightward else "rtl", language=run.language,
                )  # fmt: skip
            left += wide

    def _emoji(self, run: Run, left: float, base: float, size: int) -> None:
        """Paste pictures, made as high as the letters beside them."""
        font = run.face.at(size)
        drawn = Image.new("RGBA", (int(font.getlength(run.text)) + 2, EMOJI_SIZE + 40))
        ImageDraw.Draw(drawn).text(
            (0, EMOJI_SIZE), run.text, font=font, embedded_color=True, anchor="ls", fill=INK
        )
        scale = size / EMOJI_SIZE
        small = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))))
        self.image.paste(small, (round(left), round(base - EMOJI_SIZE * scale)), small)


def _pill(width: int) -> Image.Image:
    """Return the shape of a chip, with smooth ends."""
    fine, high = 4, 52
    mask = Image.new("L", (width * fine, high * fine))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, mask.width - 1, mask.height - 1), high * fine // 2, fill=255
    )
    return mask.reduce(fine)


def _mark(draw: ImageDraw.ImageDraw, at: tuple[int, int], side: int, *, tile: bool = False) -> None:
    """Draw our sign: a point and three waves."""
    big = _drawn_mark(side, tile)
    draw._image.paste(big, at, big)  # noqa: SLF001 - the picture it draws on


@lru_cache(maxsize=4)
def _drawn_mark(side: int, tile: bool) -> Image.Image:  # noqa: FBT001 - what is remembered is told by place
    fine = 8
    scale = side * fine / 64
    image = Image.new("RGBA", (side * fine, side * fine), (*ImageColor.getrgb(PAPER), 0))
    draw = ImageDraw.Draw(image)
    if tile:
        draw.rounded_rectangle((0, 0, image.width - 1, image.height - 1), 14 * scale, fill=PAPER)
    x, y = 17 * scale, 47 * scale
    for radius in (16, 27, 38):
        outer = (radius + 3) * scale
        draw.arc((x - outer, y - outer, x + outer, y + outer), 270, 360, fill=INK, width=round(6 * scale))
    draw.ellipse((x - 7 * scale, y - 7 * scale, x + 7 * scale, y + 7 * scale), fill=CORAL)
    return image.reduce(fine)
