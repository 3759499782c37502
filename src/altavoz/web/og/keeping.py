"""Drawn cards in the file storage: drawn when first asked for, deleted when what they show is gone."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication
from altavoz.web.og import content, drawing
from altavoz.web.og.content import Card

_WORKS, _CREATORS = "cards/works", "cards/creators"
_SHARE = 1_000  # works to a folder
_NIGHTS = 7  # in so many nights the sweep has been everywhere
_KEPT = timedelta(days=60)
_NAME = re.compile(r"(\d+)-(?:\d+-)?[0-9a-f]+\.png")
# One card is drawn at a time in each process, and few may wait for it: who comes then is told to come back.
_waiting = BoundedSemaphore(3)
_pen = Lock()


class BusyError(Exception):
    """Too many cards are being drawn; asking again in a moment helps."""


def name_of_work(found: Publication) -> str:
    """Return the name of a visible publication's card, from its id, revision and what is drawn."""
    shown = found.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    card = content.of_work(shown, [credit.creator for credit in found.credits.all()])
    return f"{found.pk}-{shown.number}-{card.digest}.png"


def stored(name: str, card: Card) -> bytes:
    """Return the picture kept under `cards/<name>`; draw and keep it where there is none. Raises BusyError."""
    path = f"cards/{name}"
    if default_storage.exists(path):
        with default_storage.open(path) as file:
            return bytes(file.read())
    data = _drawn(card)
    if not default_storage.exists(path):  # somebody else may have drawn the same one meanwhile
        default_storage.save(path, ContentFile(data))
    return data


def _drawn(card: Card) -> bytes:
    if not _waiting.acquire(blocking=False):
        raise BusyError
    try:
        with _pen:
            return drawing.png(card)
    finally:
        _waiting.release()


def path_of_work(pk: int, name: str) -> str:
    """Return where below `cards/` a work's card is kept."""
    return f"works/{pk // _SHARE}/{name}"


def path_of_creator(pk: int, name: str) -> str:
    """Return where below `cards/` a creator's card is kept."""
    return f"creators/{pk // _SHARE}/{name}"


def forget(pks: Collection[int], *, but: Collection[str] = ()) -> int:
    """Delete the cards of these works, except those named `but`; return how many were deleted."""
    return _delete(_WORKS, set(pks), but)


def forget_creator(pk: int) -> int:
    """Delete the cards of a creator, whatever name is on them; return how many were deleted."""
    return _delete(_CREATORS, {pk}, ())


def _delete(folder: str, wanted: Collection[int], but: Collection[str]) -> int:
    doomed = [
        path
        for share in sorted({pk // _SHARE for pk in wanted})
        for path, name, pk in _cards(f"{folder}/{share}")
        if pk in wanted and name not in but
    ]
    for path in doomed:
        default_storage.delete(path)
    return len(doomed)


def sweep(*, at: datetime) -> int:
    """Delete, in this night's share of the folders, cards that no page points to or that are old; return how many.

    An old card is drawn again when somebody asks for it: so not every work that was ever shared takes room.
    """
    night = at.toordinal() % _NIGHTS
    return sum(
        _sweep(f"{folder}/{share}", at, valid)
        for folder, valid in ((_WORKS, _valid_works), (_CREATORS, _valid_creators))
        for share in _folders(folder)
        if int(share) % _NIGHTS == night
    )


def _sweep(path: str, at: datetime, names: Callable[[Collection[int]], set[str]]) -> int:
    found = list(_cards(path))
    valid = names({pk for _, _, pk in found})
    doomed = [
        card
        for card, name, _ in found
        if name not in valid or default_storage.get_modified_time(card) < at - _KEPT
    ]
    for card in doomed:
        default_storage.delete(card)
    return len(doomed)


def _valid_creators(pks: Collection[int]) -> set[str]:
    return {f"{row.pk}-{content.of_creator(row).digest}.png" for row in Creator.objects.filter(pk__in=pks)}


def _valid_works(pks: Collection[int]) -> set[str]:
    rows = showcase.visible().filter(pk__in=pks).select_related("published_revision")
    return {name_of_work(row) for row in rows.prefetch_related("credits__creator")}


def _folders(path: str) -> list[str]:
    try:
        folders, _ = default_storage.listdir(path)
    except FileNotFoundError:
        return []
    return sorted(name for name in folders if name.isdecimal())


def _cards(path: str) -> Iterator[tuple[str, str, int]]:
    """Return (path, name, id of the work) of each card in a folder."""
    try:
        _, names = default_storage.listdir(path)
    except FileNotFoundError:
        return
    for name in sorted(names):
        if match := _NAME.fullmatch(name):
            yield f"{path}/{name}", name, int(match[1])
