"""What sort of work it is, drawn and said."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.web.component import Values, component

NAMES: dict[str, str | Promise] = {
    "video": _("Video"),
    "article": _("Article"),
    "podcast": _("Podcast"),
    "talk": _("Talk"),
    "course": _("Course"),
    "live": _("Live"),
    "translation": _("Translation of title and summary"),
}


def name(kind: str) -> str:
    """Return the word for a kind of work."""
    return str(NAMES.get(kind, kind))


@component(remembered=True)
def kind_icon(*, kind: str, words: bool = True) -> Values:
    """Draw the icon of a kind; with words=False the word is only there for those who listen."""
    return {"kind": kind if kind in NAMES else "article", "name": name(kind), "words": words}
