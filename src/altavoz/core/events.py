"""Facts: what happened, stored in the transaction of the change and handed to handlers afterwards.

`record` writes a row per fact and queues one job per handler in the same transaction. `deliver` runs one handler
for one fact; the row that says so commits together with the handler's effects, so that each (fact, handler) takes
effect once however often the job runs.
"""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.db import connection, transaction

from altavoz.core.models import Delivery, Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened to a subject; subclasses add plain JSON fields and their lasting `name`."""

    name: ClassVar[str]
    subject: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Remember every kind of fact by its name, so that a stored one can be read back."""
        super().__init_subclass__(**kwargs)
        _facts[cls.name] = cls

    @classmethod
    def read(cls, body: dict[str, Any]) -> "Fact":
        """Return the fact that `body` stores; lists become the tuples they were."""
        known = {field.name for field in dataclasses.fields(cls)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in body.items()
            if key in known
        }
        return cls(**values)


_facts: dict[str, type[Fact]] = {}
_F = TypeVar("_F", bound=Fact)
Handler = Callable[[Any, datetime], None]


class Handling(NamedTuple):
    """A handler's lasting name, and what it does."""

    name: str
    handler: Handler


_handlers: dict[str, dict[str, Handling]] = {}


def handles(
    fact: type[_F], *, name: str
) -> Callable[[Callable[[_F, datetime], None]], Callable[[_F, datetime], None]]:
    """Call the decorated function, once, for every fact of that kind recorded from now on.

    `name` is lasting: it is stored with the delivery.
    """

    def register(handler: Callable[[_F, datetime], None]) -> Callable[[_F, datetime], None]:
        _handlers.setdefault(fact.name, {})[name] = Handling(name, handler)
        return handler

    return register


def record(*facts: Fact, at: datetime) -> None:
    """Store facts and queue their handlers; all of it is undone if the caller's transaction is.

    Raises RuntimeError outside a transaction: a fact without its change would be a rumour.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Record facts inside the transaction of the change.")
    rows = Event.objects.bulk_create(
        Event(name=fact.name, subject=fact.subject, body=dataclasses.asdict(fact), at=at) for fact in facts
    )
    _queue(
        {"event": row.pk, "handler": handling.name}
        for row in rows
        for handling in _handlers.get(row.name, {}).values()
    )


def _queue(jobs: Iterable[dict[str, Any]]) -> None:
    from altavoz.core.tasks import handle

    if waiting := list(jobs):
        handle.batch_defer(*waiting)


def deliver(*, event_id: int, handler: str, at: datetime) -> bool:
    """Run one handler for one fact; return False where that was done before, or nobody handles it any more."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        handling = _handlers.get(event.name, {}).get(handler)
        if handling is None:
            return False
        _, first = Delivery.objects.get_or_create(event=event, handler=handler, defaults={"at": at})
        if first:
            handling.handler(_facts[event.name].read(event.body), event.at)
        return first


def known() -> dict[str, tuple[type[Fact], tuple[str, ...]]]:
    """Return every kind of fact by name with the names of those who handle it (the documentation is held to this)."""
    return {name: (fact, tuple(_handlers.get(name, {}))) for name, fact in sorted(_facts.items())}
