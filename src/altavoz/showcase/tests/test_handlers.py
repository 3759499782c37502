"""The whole way through the rooms: facts of engines reach the showcase, and take effect once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from altavoz.core import events
from altavoz.ingest.events import EntriesGone, EntriesStored, SourceProofLost, SourceProved
from altavoz.ingest.models import Source
from altavoz.moderation.events import AdoptionRevoked, CaseDecided, CatalogueAdopted, DecisionUndone
from altavoz.moderation.models import Case
from altavoz.people import records
from altavoz.showcase import queries
from altavoz.showcase.models import Creator, Publication
from altavoz.showcase.states import State
from altavoz.showcase.tests.builders import a_catalogue, a_channel, a_creator, an_account, an_entry

pytestmark = pytest.mark.django_db
Deliver = Callable[..., int]


def _stored(source: Source, *entries: int) -> EntriesStored:
    return EntriesStored(subject=source.subject, source_id=source.pk, new=entries)


def _decided(subject: str, outcome: str, kind: str = "intake") -> CaseDecided:
    case = Case.objects.filter(subject=subject).values_list("pk", flat=True).first() or 0
    return CaseDecided(subject=subject, case_id=case, revision=1, kind=kind, outcome=outcome, clauses=())


def test_stored_entries_go_to_review(at: datetime, deliver: Deliver) -> None:
    source = a_channel(a_creator(at=at), at=at)
    events.record(_stored(source, an_entry(source, at=at).pk), at=at)
    deliver()
    assert Publication.objects.get().state == State.PENDING


@pytest.mark.parametrize(
    ("outcome", "state"), [("published", "published"), ("rejected", "draft"), ("changes_requested", "draft")]
)
def test_decisions_take_effect(at: datetime, deliver: Deliver, outcome: str, state: str) -> None:
    source = a_channel(a_creator(at=at), at=at)
    events.record(_stored(source, an_entry(source, at=at).pk), at=at)
    deliver()
    events.record(_decided(Publication.objects.get().subject, outcome), at=at)
    deliver()
    assert Publication.objects.get().state == state


def test_decisions_on_other_things_are_not_ours(at: datetime, deliver: Deliver) -> None:
    creator = a_creator(at=at)
    events.record(_decided(creator.subject, "published"), _undone(creator.subject, "intake"), at=at)
    deliver()
    assert Publication.objects.count() == 0


def _undone(subject: str, kind: str) -> DecisionUndone:
    outcome = "rejected" if kind == "report" else "published"
    return DecisionUndone(subject=subject, case_id=1, revision=1, outcome=outcome, reopened=True, kind=kind)


def _published(at: datetime, deliver: Deliver) -> str:
    source = a_channel(a_creator(at=at), at=at)
    events.record(_stored(source, an_entry(source, at=at).pk), at=at)
    deliver()
    subject = Publication.objects.get().subject
    events.record(_decided(subject, "published"), at=at)
    deliver()
    return subject


def test_a_decision_undone_is_taken_back(at: datetime, deliver: Deliver) -> None:
    events.record(_undone(_published(at, deliver), "intake"), at=at)
    deliver()
    assert Publication.objects.get().state == State.PENDING


@pytest.mark.parametrize(("outcome", "state"), [("published", "published"), ("rejected", "suspended")])
def test_a_report_hides_only_what_volunteers_say_it_should(
    at: datetime, deliver: Deliver, outcome: str, state: str
) -> None:
    events.record(_decided(_published(at, deliver), outcome, "report"), at=at)
    deliver()
    assert Publication.objects.get().state == state


def test_a_report_wrongly_upheld_sends_the_work_to_review_again(at: datetime, deliver: Deliver) -> None:
    subject = _published(at, deliver)
    for fact in (
        _decided(subject, "rejected", "report"),
        _undone(subject, "report"),
        _undone(subject, "report"),
    ):
        events.record(fact, at=at)
        deliver()
    work = Publication.objects.get()
    assert (work.state, work.submitted) == (State.DRAFT, 0)
    events.record(_decided(subject, "rejected", "report"), at=at)
    deliver()
    assert Publication.objects.get().state == State.DRAFT


def test_what_vanished_is_withdrawn(at: datetime, deliver: Deliver) -> None:
    source = a_channel(a_creator(at=at), at=at)
    entry = an_entry(source, at=at)
    events.record(_stored(source, entry.pk), at=at)
    deliver()
    gone = EntriesGone(subject=source.subject, source_id=source.pk, entry_ids=(entry.pk,), reason="removed")
    entry.delete()
    events.record(gone, at=at)
    deliver()
    assert Publication.objects.get().state == State.WITHDRAWN


def _proved(source: Source, account_id: int) -> SourceProved:
    return SourceProved(
        subject=source.subject, source_id=source.pk, owner=source.owner, account_id=account_id, method="token"
    )


def _lost(source: Source, account_id: int, *, others: bool = False) -> SourceProofLost:
    return SourceProofLost(
        subject=source.subject,
        source_id=source.pk,
        owner=source.owner,
        account_id=account_id,
        method="token",
        others=others,
    )


def test_a_proof_makes_an_owner_and_the_loss_of_the_last_unmakes_one(at: datetime, deliver: Deliver) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    source = a_channel(creator, at=at)
    for fact, owned in (
        (_proved(source, account.pk), [creator]),
        (_lost(source, account.pk, others=True), [creator]),
        (_lost(source, account.pk), []),
    ):
        events.record(fact, at=at)
        deliver()
        assert list(queries.owned_by(account)) == owned


def test_proofs_of_creators_or_people_that_are_gone_are_passed_over(at: datetime, deliver: Deliver) -> None:
    creator = a_creator(at=at)
    source = a_channel(creator, at=at)
    creator.delete()
    events.record(_proved(source, 999), _lost(source, 999), at=at)
    deliver()
    assert not Creator.objects.exists()


def test_an_adoption_shows_and_its_end_hides(at: datetime, deliver: Deliver) -> None:
    catalogue = a_catalogue(at=at)
    entries = [an_entry(catalogue.source, str(n), at=at, extra={"category": "pycon"}) for n in range(3)]
    events.record(_stored(catalogue.source, *(entry.pk for entry in entries)), at=at)
    deliver()
    Publication.objects.update(state=State.DRAFT)
    adopted = CatalogueAdopted(
        subject=catalogue.subject, adoption_id=5, language="es", scope={"categories": ["pycon"]}
    )
    events.record(adopted, at=at)
    deliver(until=at + timedelta(days=3650))
    assert queries.visible().count() == 3
    events.record(
        AdoptionRevoked(subject=catalogue.subject, adoption_id=5, language="es", reason="spam"), at=at
    )
    deliver()
    assert queries.visible().count() == 0


def test_a_person_takes_their_pages_along_and_can_be_forgotten(at: datetime, deliver: Deliver) -> None:
    creator, account = a_creator(at=at), an_account(at=at)
    source = a_channel(creator, at=at)
    proved = SourceProved(
        subject=source.subject,
        source_id=source.pk,
        owner=creator.subject,
        account_id=account.pk,
        method="token",
    )
    events.record(proved, at=at)
    deliver()
    export, erase = _record()
    assert export(account.pk) == [
        {
            "creator": "Ana Ruiz",
            "page": "creators/ana-ruiz/",
            "proved_by": "token",
            "since": at.isoformat(),
            "ended_at": None,
        }
    ]
    erase(account.pk, at)
    creator.refresh_from_db()
    assert (creator.claimed_at, list(queries.owned_by(account))) == (None, [])


def _record() -> tuple[Callable[..., object], Callable[..., None]]:
    found = records.rooms()["showcase.creators"]
    return found.export, found.erase
