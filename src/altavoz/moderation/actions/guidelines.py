"""Putting a version of the guidelines into effect."""

from datetime import datetime

from django.db import transaction

from altavoz.core.ledger import actions as ledger
from altavoz.core.subjects import subject_of
from altavoz.moderation.actions.locks import hold
from altavoz.moderation.clauses import WORDINGS, Document
from altavoz.moderation.models import Clause, PolicyVersion


@transaction.atomic
def load_policy(*, document: Document, at: datetime) -> PolicyVersion:
    """Make a document the guidelines from its date on; cases opened before keep the version they have.

    A document that is the newest version already is returned unchanged. Afterwards the previous version ends where
    this one begins. Raises ValueError for a clause without words or a date not after the previous version's.
    """
    if unworded := [c.code for c in document.clauses if not c.label and c.code not in WORDINGS]:
        raise ValueError(f"These clauses need a label: {', '.join(unworded)}.")
    hold(f"policy {document.slug}")
    newest = PolicyVersion.objects.filter(slug=document.slug).order_by("-effective_from").first()
    if newest is not None and newest.sha256 == document.sha256:
        return newest
    if newest is not None:
        _end(newest, document)
    return _store(document, at)


def _end(newest: PolicyVersion, document: Document) -> None:
    if document.effective_from <= newest.effective_from:
        raise ValueError(f"A new version takes effect after {newest.effective_from:%Y-%m-%d}.")
    newest.effective_to = document.effective_from
    newest.save(update_fields=["effective_to"])


def _store(document: Document, at: datetime) -> PolicyVersion:
    policy = PolicyVersion.objects.create(
        slug=document.slug, language=document.language, source_url=document.source_url,
        source_commit=document.source_commit, pinned_url=document.pinned_url, sha256=document.sha256,
        effective_from=document.effective_from, substantive=document.substantive,
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(policy=policy, code=c.code, origin=c.origin, anchor=c.anchor, label=c.label)
        for c in document.clauses
    )
    ledger.append(
        "moderation.policy_loaded",
        subject=subject_of("moderation.policyversion", policy.pk),
        by=None,
        public={"sha256": policy.sha256, "effective_from": policy.effective_from.isoformat()},
        at=at,
    )
    return policy
