"""How insights react to what promotion and the showcase do."""

from datetime import datetime

from altavoz.core.events import handles
from altavoz.core.subjects import key_of
from altavoz.insights import actions
from altavoz.promotion.events import PostSent
from altavoz.showcase.events import PublicationHidden
from altavoz.showcase.models import Ownership


@handles(PostSent, name="insights.note_post")
def note_post(fact: PostSent, at: datetime) -> None:
    """Remember where the work was carried, for its creator's desk."""
    actions.carried(subject=fact.subject, network=fact.network, language=fact.language, at=at)


@handles(PublicationHidden, name="insights.forget_gone")
def forget_gone(fact: PublicationHidden, at: datetime) -> None:  # noqa: ARG001 - every handler gets the time
    """Forget the figures of a work that left its source and belongs to nobody here; others' stay, for their desk."""
    owners = Ownership.objects.filter(creator__in=[key_of(one) for one in fact.creators], ended_at=None)
    if fact.reason == "gone_at_source" and not owners.exists():
        actions.forget(subjects=[fact.subject])
