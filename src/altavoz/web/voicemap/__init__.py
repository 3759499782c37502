"""The map of voices as a picture: a source of sound waves per language, the more works the more waves."""

from altavoz.web.voicemap.drawing import SHAPES, Drawing, Drawn, Heard, draw, waves

__all__ = ["SHAPES", "Drawing", "Drawn", "Heard", "draw", "waves"]
