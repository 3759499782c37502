"""How a channel's works are taken, and the languages its creator knows better than its source."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from altavoz.ingest.models import Entry, Source
from altavoz.moderation.models import Case
from altavoz.people.models import Account
from altavoz.showcase import actions
from altavoz.showcase.models import Creator, Publication, Revision, Wish
from altavoz.showcase.states import State, StepRefusedError
from altavoz.showcase.tests.builders import a_channel, a_creator, an_account, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator(at: datetime) -> Creator:
    return a_creator(at=at)


@pytest.fixture
def source(creator: Creator, at: datetime) -> Source:
    return a_channel(creator, at=at)


@pytest.fixture
def owner(creator: Creator, at: datetime) -> Account:
    account = an_account(at=at)
    actions.grant_ownership(creator=creator, account=account, method="token", at=at)
    return account


def _work(entry: Entry, at: datetime) -> Publication:
    (pk,) = actions.gather([entry.pk], at=at)
    return Publication.objects.get(pk=pk)


def test_topics_and_level_are_those_of_the_channel(source: Source, at: datetime) -> None:
    actions.remember_wish(source=source, topics=["Data Science", "asyncio"], level="beginner")
    work = _work(an_entry(source, at=at, topics=["asyncio", "redes"]), at)
    assert [Revision.objects.get().topics, work.level] == [["asyncio", "redes", "data-science"], "beginner"]


def test_nothing_said_is_nothing_kept(source: Source) -> None:
    actions.remember_wish(source=source)
    assert not Wish.objects.exists()


def test_only_what_comes_from_now_on(source: Source, at: datetime) -> None:
    actions.remember_wish(source=source, since=at)
    old = an_entry(source, "1", at=at, published_at=at - timedelta(days=1))
    undated = an_entry(source, "2", at=at, published_at=None)
    new = an_entry(source, "3", at=at, published_at=at + timedelta(days=1))
    later = an_entry(source, "4", at=at, published_at=None, first_seen_at=at + timedelta(days=1))
    made = actions.gather([old.pk, undated.pk, new.pk, later.pk], at=at)
    assert list(Revision.objects.order_by("pk").values_list("title", flat=True)) == ["Obra 3", "Obra 4"]
    assert len(made) == 2
    assert actions.gather([old.pk], at=at) == []


def test_everything_may_still_be_wanted_later(source: Source, at: datetime) -> None:
    actions.remember_wish(source=source, since=at)
    old = an_entry(source, "1", at=at, published_at=at - timedelta(days=1))
    new = an_entry(source, "2", at=at)
    actions.gather([old.pk, new.pk], at=at)
    made = actions.want_everything(source=source, at=at)
    assert [len(made), Publication.objects.count(), Case.objects.count()] == [1, 2, 1]
    assert actions.want_everything(source=source, at=at) == []


def test_what_is_here_stays_though_it_is_older(source: Source, at: datetime) -> None:
    entry = an_entry(source, at=at, published_at=at - timedelta(days=1))
    work = _work(entry, at)
    actions.remember_wish(source=source, since=at)
    Entry.objects.update(title="Otra")
    assert actions.gather([entry.pk], at=at) == [work.pk]
    assert Revision.objects.count() == 2


def test_a_corrected_language_goes_to_its_team_and_outlasts_the_source(
    source: Source, owner: Account, at: datetime
) -> None:
    entry = an_entry(source, at=at, spoken_language="und", metadata_language="und")
    work = _work(entry, at)
    assert work.language == "und"
    revision = actions.correct_language(publication=work, spoken="ca", metadata="es", by=owner, at=at)
    assert revision is not None
    work.refresh_from_db()
    assert [work.language, work.newest, work.state, Case.objects.get().language] == [
        "ca",
        2,
        State.PENDING,
        "ca",
    ]
    assert actions.correct_language(publication=work, spoken="ca", metadata="es", by=owner, at=at) is None
    Entry.objects.update(digest="e")
    actions.gather([entry.pk], at=at)
    assert Revision.objects.count() == 2
    Entry.objects.update(title="Nuevo título")
    actions.gather([entry.pk], at=at)
    newest = Revision.objects.order_by("number").last()
    assert newest is not None
    assert [newest.title, newest.spoken_language, newest.metadata_language] == ["Nuevo título", "ca", "es"]


def test_only_the_creator_corrects(source: Source, at: datetime) -> None:
    work = _work(an_entry(source, at=at), at)
    with pytest.raises(PermissionDenied):
        actions.correct_language(
            publication=work, spoken="ca", metadata="ca", by=an_account("x@e.org", at=at), at=at
        )


def test_what_is_gone_is_not_corrected(source: Source, owner: Account, at: datetime) -> None:
    work = _work(an_entry(source, at=at), at)
    actions.withdraw(publication=work, by=owner, at=at)
    with pytest.raises(StepRefusedError):
        actions.correct_language(publication=work, spoken="ca", metadata="ca", by=owner, at=at)
