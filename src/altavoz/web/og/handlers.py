"""What card pictures do when the showcase changes: those that show what is gone are deleted at once."""

from datetime import datetime

from altavoz.core.events import handles
from altavoz.core.subjects import key_of
from altavoz.showcase import events
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Credit
from altavoz.web.og import keeping


@handles(events.PublicationPublished, name="web.forget_outdated_card")
def forget_outdated_card(fact: events.PublicationPublished, at: datetime) -> None:  # noqa: ARG001 - every handler gets the time
    """Delete the cards of older revisions."""
    pk = key_of(fact.subject)
    found = showcase.work(pk)
    keeping.forget([pk], but=[keeping.name_of_work(found)] if found else [])


@handles(events.PublicationHidden, name="web.forget_card")
def forget_card(fact: events.PublicationHidden, at: datetime) -> None:  # noqa: ARG001 - as above
    """Delete the cards of a work that is no longer visible."""
    keeping.forget([key_of(fact.subject)])


@handles(events.CreatorChanged, name="web.forget_cards_of_creator")
def forget_cards_of_creator(fact: events.CreatorChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Delete every card that carries the creator's name: it may be another one now, or nobody's."""
    pk = key_of(fact.subject)
    keeping.forget_creator(pk)
    credited = Credit.objects.filter(creator=pk)
    keeping.forget(list(credited.values_list("publication", flat=True)))
