"""The imitation of a network, works to carry, and channels to carry them on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from altavoz.core import subjects
from altavoz.core.ledger.models import Entry
from altavoz.core.models import Event
from altavoz.core.subjects import Description
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.promotion import actions, deliveries
from altavoz.promotion.actions import Call, Rhythm
from altavoz.promotion.channels.contract import Connection, Limits, Probe
from altavoz.promotion.channels.mastodon.fake.server import Server, id_of, running
from altavoz.promotion.channels.mastodon.fake.state import World
from altavoz.promotion.models import Attempt, Channel, Post


@pytest.fixture
def fake(settings: Settings) -> Iterator[Server]:
    with running(World(accounts={"secret": "altavoz", "other": "otra"})) as server:
        settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{server.server_address[1]}"]
        yield server


@pytest.fixture
def connection(fake: Server) -> Connection:
    options = {"account_id": id_of("altavoz")}
    return Connection(address=fake.address, credentials={"token": "secret"}, options=options)


class Works:
    """A kind of subject that lives in memory, for a room that has no works of its own."""

    label = "tests.work"

    def __init__(self) -> None:
        self.titles: dict[int, dict[int, str]] = {}
        self.like = Description(
            subject="",
            revision=0,
            title="",
            summary="",
            language="es",
            spoken_language="es",
            kind="video",
            url="https://videos.example/",
            page="works/",
            creator_name="Ana Pérez",
        )

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return what the tests said of these works."""
        found = {}
        for pk, wanted in revisions.items():
            titles = self.titles.get(pk, {})
            number = wanted or max(titles, default=0)
            if number in titles:
                subject, page = f"{self.label}:{pk}", f"works/{pk}-título/"
                found[pk] = replace(
                    self.like, subject=subject, revision=number, title=titles[number], page=page
                )
        return found

    def parties(self, pk: int) -> frozenset[int]:
        """Return nobody: whose work it is does not matter to promotion."""
        return frozenset({pk} - {pk})


@pytest.fixture
def works() -> Works:
    kind = Works()
    subjects.register(kind)
    return kind


@pytest.fixture
def channel(fake: Server, at: datetime) -> Channel:
    return connect(fake, at=at)


def connect(fake: Server, *, at: datetime, languages: tuple[str, ...] = ("es",), **rhythm: object) -> Channel:
    """Connect a channel to the imitation: it speaks every hour, with no hold, four posts ahead."""
    usual: dict[str, object] = {"slots_per_day": 24, "ahead": 4, "hold_minutes": 0}
    return actions.connect_channel(
        network="mastodon",
        address=fake.address,
        credentials={"token": "secret"},
        probe=Probe(handle="@altavoz@fake", options={"account_id": id_of("altavoz")}, limits=Limits()),
        languages=languages,
        rhythm=Rhythm(**(usual | rhythm)),  # type: ignore[arg-type]
        by=None,
        at=at,
    )


Offer = Callable[..., str]


@pytest.fixture
def offer(works: Works, at: datetime) -> Offer:
    """Offer a work by number: `offer(1)`, `offer(1, revision=2, title="…", creator="…")`."""

    def make(
        pk: int,
        *,
        revision: int = 1,
        title: str = "",
        creator: str = "tests.creator:1",
        language: str = "es",
        when: datetime | None = None,
    ) -> str:
        works.titles.setdefault(pk, {})[revision] = title or f"Obra {pk}"
        subject = f"tests.work:{pk}"
        actions.offer(subject=subject, revision=revision, language=language, creator=creator, at=when or at)
        return subject

    return make


@pytest.fixture
def planned(channel: Channel, offer: Offer, at: datetime) -> Post:
    """One work with a slot at 15:30, while it is 15:09."""
    offer(1)
    actions.plan_channel(channel_id=channel.pk, at=at)
    return Post.objects.get()


def settle(at: datetime, *, hours: float = 0) -> None:
    """Do everything that falls due until then, in order, as a worker would."""
    until = at + timedelta(hours=hours)
    for _ in range(500):
        post = Post.objects.filter(next_at__lte=until).order_by("next_at", "pk").first()
        if post is None or post.next_at is None:
            return
        deliveries.carry(post_id=post.pk, at=max(post.next_at, at))
    raise AssertionError("never quiet")


def facts() -> list[str]:
    """Return the names of all facts, in order."""
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def attempts() -> list[tuple[str, str, str]]:
    """Return what was tried and what came out, in order."""
    return list(Attempt.objects.order_by("id").values_list("kind", "outcome", "trouble"))


def begin_call(post: Post, at: datetime) -> Call:
    """Begin what is due for a post, as a worker would that then dies or dawdles."""
    call = actions.begin(post_id=post.pk, at=at)
    assert call is not None
    return call


@pytest.fixture
def promoter(at: datetime) -> Account:
    account = people.create_account(email="ana@example.org", name="Ana", language="es", at=at)
    team = people.open_team(language="es", kind="promotion", by=None, at=at)
    people.join_team(account=account, team=team, role="member", by=None, at=at)
    return account


@pytest.fixture
def stranger(at: datetime) -> Account:
    return people.create_account(email="eva@example.org", name="Eva", language="es", at=at)


def written(kind: str) -> list[tuple[str, dict[str, object]]]:
    """Return what the ledger says of that kind: subject and public part."""
    return list(Entry.objects.filter(type=kind).values_list("subject", "public"))


@pytest.fixture
def waiting(fake: Server, offer: Offer, at: datetime) -> Post:
    # It is due at 15:30.
    connect(fake, at=at, approval="promoter")
    offer(1)
    actions.plan(at=at)
    return Post.objects.get()
