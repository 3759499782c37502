"""Unusable pictures told in plain words: what is wrong, and what can be done about it."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core.images.decoding import Problem, Unusable

_WORDS: Final[Mapping[Problem, Promise]] = {
    Problem.NOT_A_PICTURE: _(
        "This file is not a picture that Altavoz can show. Use a JPEG, PNG, WebP, AVIF or GIF file."
    ),
    Problem.DRAWING: _(
        "This picture is an SVG drawing, which can contain programs, so Altavoz does not show it."
        " Save it as PNG and use that file."
    ),
    Problem.BROKEN: _("This picture is damaged or incomplete. Save it again and try once more."),
    Problem.TOO_MANY_PIXELS: _(
        "This picture is larger than Altavoz accepts. Make it smaller: 1280 pixels wide is enough."
    ),
    Problem.TOO_SMALL: _("This picture is too small to be seen. Use one that is at least 320 pixels wide."),
}


def in_words(unusable: Unusable) -> Promise:
    """Return one or two sentences on why a picture is not shown, in the language of whoever reads."""
    return _WORDS[unusable.reason]
