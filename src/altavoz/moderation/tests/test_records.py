"""What this room gives out about a person, and forgets."""

from datetime import datetime

import pytest

from altavoz.core.ledger import actions as ledger
from altavoz.moderation import actions, records
from altavoz.moderation.models import Exclusion, Lease, Report, Vote
from altavoz.moderation.tests.conftest import Cast, OpenCase, Take, Team
from altavoz.people import actions as people
from altavoz.people import records as people_records

pytestmark = pytest.mark.django_db


def test_everything_about_a_moderator(open_case: OpenCase, team: Team, cast: Cast, at: datetime) -> None:
    ana, beto = team(2, role="lead")
    first = open_case(1)
    cast(ana, "reject", "spam", note="Publicidad", note_language="es")
    actions.declare_conflict(case_id=first.pk, by=ana, at=at)
    actions.adopt_catalogue(
        catalogue="tests.toy:1", language="es", scope={"import": 1}, by=ana, second=beto, at=at
    )
    open_case(2)
    actions.report(subject="tests.toy:2", by=ana, clause="spam", note="Otra vez", note_language="es", at=at)
    now = at.isoformat()
    assert people.export(ana)["moderation"] == {
        "votes": [
            {
                "subject": "tests.toy:1", "revision": 1, "verdict": "reject", "clauses": ["spam"],
                "note": "Publicidad", "at": now, "voided_at": now,
            }
        ],
        "reports": [{"subject": "tests.toy:2", "clause": "spam", "note": "Otra vez", "at": now}],
        "kept_away_from": [{"subject": "tests.toy:1", "at": now}],
        "adoptions": [{"catalogue": "tests.toy:1", "language": "es", "at": now}],
    }  # fmt: skip
    assert records.export(beto.pk)["adoptions"] == [{"catalogue": "tests.toy:1", "language": "es", "at": now}]


def test_a_vote_that_counts_is_given_out_as_such(open_case: OpenCase, team: Team, cast: Cast) -> None:
    (ana,) = team(1)
    open_case()
    cast(ana, "approve")
    assert [vote["voided_at"] for vote in records.export(ana.pk)["votes"]] == [None]


def test_erasing_a_moderator_keeps_their_votes_and_forgets_the_rest(
    open_case: OpenCase, team: Team, cast: Cast, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    case = open_case(1)
    cast(ana, "approve")
    open_case(2)
    lease = take(ana)
    other = open_case(3)
    actions.report(subject=other.subject, by=ana, clause="spam", note="Yo", note_language="es", at=at)
    Exclusion.objects.create(case=other, moderator=ana, cause="recused", at=at)
    people.erase(account=ana, by=ana, at=at)
    lease.refresh_from_db()
    assert (lease.ended_because, Lease.objects.filter(ended_at__isnull=True).count()) == ("expired", 0)
    kept = Report.objects.filter(reporter__isnull=True).values_list("note", "note_language", "clause")
    assert list(kept) == [("", "", "spam")]
    assert (Exclusion.objects.count(), Vote.objects.get().verdict) == (0, "approve")
    cast(beto, "approve")
    cast(beto, "approve")
    case.refresh_from_db()
    assert ledger.verify().first_bad is None
    assert "moderation" in people_records.rooms()
