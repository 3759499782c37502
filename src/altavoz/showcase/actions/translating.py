"""Translations of titles and summaries: people offer them, the moderators of their language check them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core import events, languages, subjects, text
from altavoz.moderation import actions as moderation
from altavoz.people.models import Account
from altavoz.showcase import policies, shaping
from altavoz.showcase.events import TranslationChanged
from altavoz.showcase.models import Publication, Revision, WorkTranslation
from altavoz.showcase.states import Translating, Turn, turned

#: How many translations of one person may wait for review at a time.
WAITING_PER_PERSON: Final = 5


class TranslationRefusedError(ValueError):
    """The translation was not taken; `words` says why."""

    def __init__(self, words: Promise) -> None:
        super().__init__(str(words))
        self.words = words


@transaction.atomic
def offer_translation(
    *,
    publication: Publication,
    revision: int,
    language: str,
    title: str,
    summary: str,
    named: bool,
    by: Account,
    at: datetime,
) -> WorkTranslation:
    """Offer title and summary of the visible revision number `revision` in another language, which `by` writes.

    Afterwards one translation of this person into this language waits with an open case of that language's team;
    an earlier one that still waited is taken away. Raises PermissionDenied, and TranslationRefusedError for a work
    that is hidden or says something else by now, for its own language, for too many waiting, and for no title.
    """
    policies.demand_to_write(by, language)
    shown = _shown(publication, revision)
    if languages.base(language) == languages.base(shown.metadata_language):
        raise TranslationRefusedError(_("The work is described in this language already."))
    words = text.shorten(text.clean_text(title), shaping.TITLE_GRAPHEMES)
    if not words:
        raise TranslationRefusedError(_("Write the title in your language."))
    _make_room(publication, language, by, at)
    made = WorkTranslation.objects.create(
        publication=publication,
        revision=shown,
        language=language,
        title=words,
        summary=text.shorten(text.clean_text(summary), shaping.SUMMARY_GRAPHEMES),
        author=by,
        named=named,
        made_at=at,
        changed_at=at,
    )
    moderation.open_case(
        subject=made.subject, revision=1, kind="intake", language=languages.base(language), at=at
    )
    return made


def _shown(publication: Publication, revision: int) -> Revision:
    """Return the visible revision, holding its work, if it still is the one that was translated."""
    held = Publication.objects.select_for_update().get(pk=publication.pk)
    shown = held.published_revision
    if shown is None:
        raise TranslationRefusedError(_("This work is not shown any more."))
    if shown.number != revision:
        raise TranslationRefusedError(
            _("The work changed while you were writing. Compare your words with the new ones and send them.")
        )
    return shown


def _make_room(publication: Publication, language: str, by: Account, at: datetime) -> None:
    Account.objects.select_for_update().get(pk=by.pk)  # two at once must not both find room
    waiting = WorkTranslation.objects.filter(author=by, state=Translating.OFFERED)
    for older in waiting.filter(publication=publication, language=language).select_for_update():
        _take_away(older, reason="replaced", at=at)
    if waiting.count() >= WAITING_PER_PERSON:
        raise TranslationRefusedError(
            _("Five of your translations wait for review. Send the next one when one of them is decided.")
        )


@transaction.atomic
def remove_translation(*, translation: WorkTranslation, by: Account, at: datetime) -> None:
    """Take a translation away, at the wish of its author or of a creator of the work.

    Afterwards it is on no page and no case about it is open. Raises PermissionDenied, and StepRefusedError where it
    is neither shown nor in review.
    """
    held = _held(translation.pk)
    policies.demand_to_remove(by, held)
    _take_away(held, reason="withdrawn", at=at)


@transaction.atomic
def show_translation(*, subject: str, at: datetime) -> bool:
    """Show what the moderators approved in place of an earlier one; return False where it does not wait any more."""
    held = _found(subject)
    if held is None or held.state != Translating.OFFERED:
        return False
    shown = WorkTranslation.objects.filter(
        publication=held.publication_id, language=held.language, state=Translating.SHOWN
    )
    for older in shown.select_for_update():
        _turn(older, Turn.REPLACE, at)
    _turn(held, Turn.SHOW, at)
    return True


@transaction.atomic
def decline_translation(*, subject: str, at: datetime) -> bool:
    """Take note that the moderators did not approve it; return False where it does not wait any more."""
    held = _found(subject)
    if held is None or held.state != Translating.OFFERED:
        return False
    _turn(held, Turn.DECLINE, at)
    return True


@transaction.atomic
def suspend_translation(*, subject: str, at: datetime) -> bool:
    """Take away what was rightly reported; return False where it was not shown."""
    held = _found(subject)
    if held is None or held.state != Translating.SHOWN:
        return False
    _turn(held, Turn.REMOVE, at)
    return True


@transaction.atomic
def reconsider_translation(*, subject: str, reopened: bool, at: datetime) -> bool:
    """Let a translation wait again because the decision on it no longer stands; return False where nothing changes.

    `reopened` tells that volunteers vote on it again already; otherwise nobody would, and it is taken away. Where its
    author sent another one meanwhile, that one is voted on instead.
    """
    held = _found(subject)
    if held is None or held.state not in {Translating.SHOWN, Translating.DECLINED}:
        return False
    if _has_successor(held):
        if held.state == Translating.SHOWN:
            _turn(held, Turn.REMOVE, at)
        moderation.close_case(subject=held.subject, reason="replaced", at=at)
        return True
    _turn(held, Turn.REOPEN, at)
    if not reopened:
        _turn(held, Turn.REMOVE, at)
    return True


def _has_successor(held: WorkTranslation) -> bool:
    """Tell whether another translation of the same words by the same person waits for review."""
    waiting = WorkTranslation.objects.filter(publication=held.publication_id, state=Translating.OFFERED)
    mine = waiting.filter(language=held.language, author=held.author_id, author__isnull=False)
    return mine.exists()


@transaction.atomic
def drop_translations(*, publication_id: int, at: datetime) -> int:
    """Take away what waits for review of a work that is gone for good; return how many."""
    waiting = WorkTranslation.objects.filter(publication=publication_id, state=Translating.OFFERED)
    held = list(waiting.select_for_update().order_by("pk"))
    for translation in held:
        _take_away(translation, reason="withdrawn", at=at)
    return len(held)


def close_cases_of(revisions: Iterable[Revision], *, at: datetime) -> None:
    """Close the cases on translations of revisions that the caller is about to delete, with their translations."""
    for translation in WorkTranslation.objects.filter(revision__in=list(revisions)).order_by("pk"):
        moderation.close_case(subject=translation.subject, reason="gone_at_source", at=at)


@transaction.atomic
def forget_translator(*, account_id: int, at: datetime) -> None:
    """Take away what the person has in review, and keep what is shown without their name."""
    mine = WorkTranslation.objects.filter(author=account_id)
    for translation in mine.filter(state=Translating.OFFERED).select_for_update().order_by("pk"):
        _take_away(translation, reason="withdrawn", at=at)
    named = list(mine.filter(state=Translating.SHOWN, named=True))
    mine.update(author=None, named=False)
    for translation in named:
        _tell(translation, at)


def _take_away(held: WorkTranslation, *, reason: str, at: datetime) -> None:
    _turn(held, Turn.REMOVE, at)
    moderation.close_case(subject=held.subject, reason=reason, at=at)


def _turn(held: WorkTranslation, turn: Turn, at: datetime) -> None:
    """Take one step with a locked translation; what people see changes where it is or was shown."""
    before, held.state = held.state, turned(held.state, turn)
    held.changed_at = at
    held.save(update_fields=["state", "changed_at"])
    if Translating.SHOWN in {before, held.state}:
        _tell(held, at)


def _tell(translation: WorkTranslation, at: datetime) -> None:
    work = subjects.subject_of("showcase.publication", translation.publication_id)
    shown = translation.state == Translating.SHOWN
    events.record(
        TranslationChanged(
            subject=translation.subject, work=work, language=translation.language, shown=shown
        ),
        at=at,
    )


def _held(pk: int) -> WorkTranslation:
    return WorkTranslation.objects.select_for_update().get(pk=pk)


def _found(subject: str) -> WorkTranslation | None:
    return WorkTranslation.objects.select_for_update().filter(pk=subjects.key_of(subject)).first()
