"""Figures belong to creators: only they see them, take them along, and have them forgotten."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from altavoz.core import events
from altavoz.insights import policies, queries
from altavoz.insights.models import Carried, Daily, FeedDaily, FeedMonthly, Monthly, Public
from altavoz.insights.tests.conftest import NOON, Publish, a_creator
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.promotion.events import PostSent
from altavoz.showcase import actions as showcase
from altavoz.showcase.events import PublicationHidden
from altavoz.showcase.models import Creator, Credit

DAY = date(2026, 3, 14)


def figures_of(subject: str) -> None:
    given = {"subject": subject, "language": "es", "source": "direct", "views": 3}
    Daily.objects.create(day=DAY, **given)
    Monthly.objects.create(month=date(2025, 1, 1), **given)
    Carried.objects.create(subject=subject, network="mastodon", language="es", posts=1, last_at=NOON)


def kept() -> set[str]:
    found = {row.subject for model in (Daily, Monthly, Carried) for row in model.objects.all()}
    return found | {row.feed for model in (FeedDaily, FeedMonthly) for row in model.objects.all()}


def test_only_owners_may_see(publish: Publish, owner: Account, creator: Creator) -> None:
    work, stranger = publish(), Account.objects.create(email="eva@example.org", name="Eva", date_joined=NOON)
    assert policies.may_see_reach(owner, creator)
    assert policies.may_see_reach(owner, work)
    assert not policies.may_see_reach(stranger, creator)
    assert not policies.may_see_reach(stranger, work)
    assert not policies.may_see_reach(AnonymousUser(), work)  # type: ignore[arg-type]  # nobody at all
    owner.is_active = False
    assert not policies.may_see_reach(owner, creator)


def test_a_person_takes_the_figures_along(publish: Publish, owner: Account) -> None:
    work, other = publish(1), publish(2, by=a_creator("eva"))
    figures_of(work.subject)
    figures_of(other.subject)
    told = people.export(owner)["insights"]
    assert [(line["subject"], line["month"], line["views"]) for line in told] == [
        (work.subject, "2025-01", 3),
        (work.subject, "2026-03", 3),
    ]


def test_who_leaves_leaves_no_figures(publish: Publish, owner: Account, creator: Creator) -> None:
    mine, others = publish(1), publish(2, by=a_creator("eva"))
    for subject in (mine.subject, others.subject, creator.subject):
        figures_of(subject)
    FeedDaily.objects.create(feed=creator.subject, day=DAY, readers=3)
    FeedMonthly.objects.create(feed=creator.subject, month=date(2025, 1, 1), readers=3)
    Public.objects.create(month=date(2026, 3, 1), language="es", views=9)
    people.erase(account=owner, by=owner, at=NOON)
    assert kept() == {others.subject}
    assert Public.objects.get().views == 9


def test_what_others_have_a_say_in_stays(publish: Publish, owner: Account, creator: Creator) -> None:
    alone, together = publish(1), publish(2)
    eva = Account.objects.create(email="eva@example.org", name="Eva", date_joined=NOON)
    second = a_creator("eva")
    second.ownerships.create(account=eva, method="token", since=NOON)
    Credit.objects.create(publication=together, creator=second, position=1)
    for subject in (alone.subject, together.subject, creator.subject):
        figures_of(subject)
    assert queries.only_of(owner.pk) == [creator.subject, alone.subject]
    creator.ownerships.create(account=eva, method="token", since=NOON)
    assert queries.only_of(owner.pk) == []


def test_a_withdrawn_work_keeps_its_figures_for_its_desk(
    publish: Publish, owner: Account, deliver: Callable[[], int]
) -> None:
    work = publish()
    figures_of(work.subject)
    showcase.withdraw(publication=work, by=owner, at=NOON)
    deliver()
    assert kept() == {work.subject}
    assert queries.reach(queries.subjects_of(queries.creators_of(owner.pk)), DAY, DAY).total.views == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owned", "reason", "left"),
    [("", "gone_at_source", 0), ("", "other", 1), ("owner", "gone_at_source", 1)],
)
def test_what_left_its_source_and_is_nobodys_is_forgotten(
    request: pytest.FixtureRequest,
    creator: Creator,
    deliver: Callable[[], int],
    owned: str,
    reason: str,
    left: int,
) -> None:
    if owned:
        request.getfixturevalue(owned)
    figures_of("showcase.publication:7")
    fact = PublicationHidden(
        subject="showcase.publication:7", reason=reason, creators=(creator.subject,), language="es"
    )
    events.record(fact, at=NOON)
    deliver()
    assert len(kept()) == left


@pytest.mark.django_db
def test_posts_are_counted_by_network_and_language(deliver: Callable[[], int]) -> None:
    def sent(post: int, language: str) -> PostSent:
        return PostSent(
            subject="showcase.publication:7",
            post_id=post,
            channel_id=1,
            network="mastodon",
            language=language,
            url="https://network.example/1",
        )

    events.record(sent(1, "es"), sent(2, "es"), sent(3, "ja"), at=NOON)
    deliver()
    rows = Carried.objects.order_by("language").values_list("network", "language", "posts", "last_at")
    assert list(rows) == [("mastodon", "es", 2, NOON), ("mastodon", "ja", 1, NOON)]
