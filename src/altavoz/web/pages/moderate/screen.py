"""What the case screen shows: words for fields and kinds, clauses by whose rule they are, addresses that are safe."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages, subjects
from altavoz.moderation.clauses import Origin
from altavoz.moderation.diffing import Op, Piece
from altavoz.moderation.queries import ClauseView, DeskCase
from altavoz.showcase import queries as showcase
from altavoz.showcase.kinds import TranslationKind
from altavoz.showcase.models import Revision
from altavoz.web.components.kind_icon.tag import name as kind_name

_FIELDS: dict[str, Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "url": _("Address"),
    "spoken_language": _("Spoken language"),
    "language": _("Language of the title"),
    "kind": _("Kind"),
    "duration": _("Length"),
    "topics": _("Topics"),
    "image": _("Picture"),
}
#: Fields that are read word by word.
_PROSE = frozenset({"title", "summary", "topics"})
_KINDS: dict[str, Promise] = {
    "intake": _("New work"),
    "change": _("Change of an approved work"),
    "report": _("Report"),
}


@dataclass(frozen=True)
class Change:
    """One field that changed, passage by passage."""

    name: Promise | str
    language: str
    pieces: tuple[Piece, ...]


def screen(desk: DeskCase) -> dict[str, Any]:
    """Return what the template needs, with the parts that it cannot work out."""
    labels = {clause.code: clause.label for clause in desk.clauses}
    return {
        "desk": desk,
        "work": desk.work,
        "kind": _kind(desk),
        "original": web_address(desk.work.url),
        "host": urlsplit(desk.work.url).hostname or "",
        "picture": own_picture(desk.work.image),
        "changes": [_change(desk, field, pieces) for field, pieces in _differing(desk)],
        "rules": _rules(desk.clauses),
        "allegations": [(labels.get(one.clause, one.clause), one) for one in desk.allegations],
        "title_direction": languages.direction(desk.work.language),
        "translated": _translated(desk.work.subject),
    }


def _kind(desk: DeskCase) -> Promise | str:
    """Return what sort of case it is; a translation is a new one of something known."""
    if desk.kind == "intake" and desk.work.kind == "translation":
        return kind_name("translation")
    return _KINDS.get(desk.kind, desk.kind)


def _translated(subject: str) -> Revision | None:
    """Return the words that a translation is of, so that the two are judged side by side."""
    label, pk = subjects.parse(subject)
    return showcase.original_of(pk) if label == TranslationKind.label else None


def web_address(url: str) -> str:
    """Return the address if a browser may be sent there, else nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def own_picture(path: str) -> str:
    """Return a picture that we serve ourselves; none of anybody else is ever loaded."""
    return path if path.startswith("/") and not path.startswith("//") else ""


def _differing(desk: DeskCase) -> list[tuple[str, tuple[Piece, ...]]]:
    return [(change.field, change.pieces) for change in desk.changes]


def _change(desk: DeskCase, field: str, pieces: tuple[Piece, ...]) -> Change:
    name = _FIELDS.get(field, field)
    if field in _PROSE:
        return Change(name, desk.work.language if field != "topics" else "", pieces)
    return Change(name, "", _whole(field, pieces))


def _whole(field: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return what stood there and what stands there now, each as a whole: half a number says nothing."""
    old = "".join(piece.text for piece in pieces if piece.op != Op.ADDED)
    new = "".join(piece.text for piece in pieces if piece.op != Op.REMOVED)
    shown = (Piece(Op.REMOVED, _said(field, old)), Piece(Op.SAME, " "), Piece(Op.ADDED, _said(field, new)))
    return tuple(piece for piece in shown if piece.text)


def _said(field: str, value: str) -> str:
    """Return a tag or a kind as people call it."""
    if field in {"spoken_language", "language"}:
        return languages.autonym(value)
    return kind_name(value) if field == "kind" else value


def _rules(clauses: tuple[ClauseView, ...]) -> list[tuple[Promise, list[ClauseView]]]:
    """Return the clauses in two groups, ours first: they are what a moderator needs most."""
    ours = [clause for clause in clauses if clause.origin != Origin.PSF]
    theirs = [clause for clause in clauses if clause.origin == Origin.PSF]
    groups = [(_("Rules of Altavoz"), ours), (_("Code of Conduct of the Python Software Foundation"), theirs)]
    return [(title, rows) for title, rows in groups if rows]
