"""A creator with works that can be seen, visitors, and a process that has counted nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from altavoz.insights.actions import counting, keys
from altavoz.insights.visitors import Visitor
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import Basis, State

Publish = Callable[..., Publication]
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def a_visitor(address: str = "203.0.113.7", agent: str = FIREFOX, **more: object) -> Visitor:
    given = {"accept_language": "es"} | more
    return Visitor(address=address, agent=agent, **given)  # type: ignore[arg-type]  # checked by the dataclass


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    def clear() -> None:
        counting.buffer.take()
        counting.buffer.dropped = 0
        counting.quota.clear()
        keys.ring.drop()

    clear()
    yield
    clear()


@pytest.fixture
def creator(db: None) -> Creator:  # noqa: ARG001 - asked for its effect
    return a_creator("ana")


@pytest.fixture
def owner(db: None, creator: Creator) -> Account:  # noqa: ARG001 - as above
    account = Account.objects.create(email="ana@example.org", name="Ana", language="es", date_joined=NOON)
    creator.ownerships.create(account=account, method="token", since=NOON)
    return account


def a_creator(slug: str) -> Creator:
    return Creator.objects.create(name=slug, slug=slug, name_key=slug, sort_key=slug, created_at=NOON)


@pytest.fixture
def publish(creator: Creator) -> Publish:
    def make(number: int = 1, *, by: Creator = creator, language: str = "es") -> Publication:
        work = Publication.objects.create(gathered_at=NOON, changed_at=NOON, language=language)
        shown = Revision.objects.create(
            publication=work,
            number=1,
            digest=str(number),
            kind="video",
            title=f"Obra {number}",
            slug=f"obra-{number}",
            metadata_language=language,
            spoken_language=language,
            url=f"https://video.example/{number}",
            created_at=NOON,
        )
        Credit.objects.create(publication=work, creator=by)
        Publication.objects.filter(pk=work.pk).update(
            state=State.PUBLISHED, published_revision=shown, basis=Basis.QUORUM, newest=1, lead=by
        )
        work.refresh_from_db()
        return work

    return make
