"""How translations of works react to moderators, and what is kept of their authors."""

from datetime import datetime
from typing import Any

from altavoz.core import subjects
from altavoz.core.events import handles
from altavoz.moderation.events import CaseDecided, DecisionUndone
from altavoz.people import records
from altavoz.showcase import actions
from altavoz.showcase.events import PublicationHidden
from altavoz.showcase.kinds import TranslationKind
from altavoz.showcase.models import Publication, WorkTranslation
from altavoz.showcase.states import State

subjects.register(TranslationKind())


@handles(CaseDecided, name="showcase.take_decision_on_translation")
def take_decision(fact: CaseDecided, at: datetime) -> None:
    """Show a translation that was approved; take away what was rightly reported."""
    if subjects.parse(fact.subject)[0] != TranslationKind.label:
        return
    if fact.kind == "report":
        if fact.outcome == "rejected":
            actions.suspend_translation(subject=fact.subject, at=at)
    elif fact.outcome == "published":
        actions.show_translation(subject=fact.subject, at=at)
    else:
        actions.decline_translation(subject=fact.subject, at=at)


@handles(DecisionUndone, name="showcase.reconsider_translation")
def reconsider(fact: DecisionUndone, at: datetime) -> None:
    """Take back what followed from a decision that no longer stands; what a report took away stays away."""
    if subjects.parse(fact.subject)[0] == TranslationKind.label and fact.kind != "report":
        actions.reconsider_translation(subject=fact.subject, reopened=fact.reopened, at=at)


@handles(PublicationHidden, name="showcase.drop_translations")
def drop(fact: PublicationHidden, at: datetime) -> None:
    """Spare moderators what would be about a work that is gone for good."""
    pk = subjects.key_of(fact.subject)
    if Publication.objects.filter(pk=pk, state__in=(State.WITHDRAWN, State.REMOVED)).exists():
        actions.drop_translations(publication_id=pk, at=at)


def _export(account_id: int) -> list[dict[str, Any]]:
    rows = WorkTranslation.objects.filter(author=account_id).order_by("pk")
    return [
        {
            "work": f"showcase.publication:{row.publication_id}",
            "language": row.language,
            "title": row.title,
            "summary": row.summary,
            "state": row.state,
            "named": row.named,
            "made_at": row.made_at.isoformat(),
        }
        for row in rows
    ]


def _erase(account_id: int, at: datetime) -> None:
    actions.forget_translator(account_id=account_id, at=at)


records.register("showcase.translations", export=_export, erase=_erase)
