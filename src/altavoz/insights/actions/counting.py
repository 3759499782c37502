"""Counting in memory: a page tells that it was seen, a program fetches a feed; `flush` stores what came together."""

from collections.abc import Collection
from datetime import datetime

from django.db import InterfaceError, OperationalError

from altavoz.core import languages, subjects
from altavoz.insights import machines, sources, subscribers, visitors
from altavoz.insights.actions import storing
from altavoz.insights.actions.keys import ring
from altavoz.insights.buffer import Buffer, Poll, Quota, Sight
from altavoz.insights.queries.known import CREATOR, WORK
from altavoz.insights.states import What
from altavoz.insights.visitors import Visitor

#: A day of one device, of one address, and of one address with one subject, in this process. A whole school or
#: town may share an address; a program that pretends to be a crowd gets no further than these.
DEVICE, ADDRESS, ADDRESS_AND_SUBJECT = 300, 5_000, 200

buffer = Buffer()
quota = Quota()


def count(
    *,
    what: str,
    subject: str,
    language: str,
    came_from: str,
    own: Collection[str],
    visitor: Visitor,
    at: datetime,
) -> bool:
    """Note that a page was seen, read or left for its original; tell whether it was noted.

    Afterwards it waits in memory for the next `flush`; the same device is counted once a day for the same thing.
    `came_from` is the host the browser names, `own` are our own hosts. Crawlers, whoever asks not to be tracked,
    more than a person does in a day, and what names nothing we have are not noted.
    """
    if what not in What.values or not language or not _is_countable(subject) or not _is_welcome(visitor):
        return False
    key, day, place = ring.of(at), at.date(), visitors.place_of(visitor.address)
    if not _within_limits(key, place, visitor.agent, subject, at):
        return False
    name = visitors.digest(key, what, subject, place, visitor.agent)
    buffer.sight(name, Sight(day, subject, language, sources.source_of(came_from, own=own), What(what)))
    return True


def count_feed(*, feed: str, kind: str, visitor: Visitor, at: datetime) -> bool:
    """Note that a program fetched a feed; tell whether it was noted.

    A service that fetches once for many counts as often as it says, for each format (`kind`) it fetches; any other
    program once a day.
    """
    if visitor.asks_for_privacy or machines.is_collector(visitor.agent):
        return False
    key, day, place = ring.of(at), at.date(), visitors.place_of(visitor.address)
    told = subscribers.told_by(visitor.agent)
    if not _within_limits(key, place, visitor.agent, feed, at):
        return False
    if told is not None:
        buffer.tell(Poll(day, feed, f"{told.service}/{kind}"), told.readers)
    else:
        buffer.poll(visitors.digest(key, "feed", feed, place, visitor.agent), Poll(day, feed))
    return True


def feed_named(*, languages_asked: Collection[str], creator: str, otherwise: bool) -> str:
    """Return the name under which a feed is counted: a creator's subject, "language:es", "all" or "other".

    `otherwise` says that it is narrowed by anything else; such feeds are counted together.
    """
    if otherwise or (creator and languages_asked) or len(languages_asked) > 1:
        return "other"
    if creator:
        return creator if _is_countable(creator) and creator.startswith(CREATOR) else "other"
    for tag in languages_asked:
        base = languages.base(tag)
        return f"language:{base}" if base in languages.CONTENT_LANGUAGES else "other"
    return "all"


def flush(*, at: datetime) -> int:
    """Store what waits; return how many things that were.

    Where the database cannot be reached they wait again, and the error goes on.
    """
    ring.drop(before=at.date())
    batch = buffer.take()
    if not batch:
        return 0
    try:
        storing.store(batch)
    except (InterfaceError, OperationalError):
        buffer.give_back(batch)
        ring.drop()  # the database may have started anew, without the key
        raise
    return len(batch)


def _is_countable(subject: str) -> bool:
    try:
        return subjects.parse(subject)[0] in {WORK, CREATOR}
    except subjects.BadSubjectError:
        return False


def _is_welcome(visitor: Visitor) -> bool:
    return not visitor.asks_for_privacy and not machines.is_machine(
        visitor.agent, accept_language=visitor.accept_language, purpose=visitor.purpose
    )


def _within_limits(key: bytes, place: str, agent: str, subject: str, at: datetime) -> bool:
    limits = (
        (visitors.digest(key, "device", place, agent), DEVICE),
        (visitors.digest(key, "address", place), ADDRESS),
        (visitors.digest(key, "address and subject", place, subject), ADDRESS_AND_SUBJECT),
    )
    return all(quota.take(name, most, at.date()) for name, most in limits)
