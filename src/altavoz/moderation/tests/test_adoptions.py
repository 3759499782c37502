"""Adopting a catalogue takes two leads, a scope and a pinned policy; revoking it takes one."""

from datetime import datetime
from typing import Any

import pytest

from altavoz.core.models import Entry
from altavoz.moderation import actions, queries
from altavoz.moderation.clauses import SHIPPED
from altavoz.moderation.models import Adoption
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Team
from altavoz.moderation.tests.test_cases import facts
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys

pytestmark = pytest.mark.django_db
CATALOGUE = "tests.toy:3"
SCOPE: dict[str, Any] = {"import": 12, "categories": ["PyCon ES"]}


@pytest.fixture(autouse=True)
def _catalogue(toys: Toys) -> None:
    toys.add(3, title="pyvideo")


def test_a_proposal_waits_for_the_second_lead(team: Team, at: datetime) -> None:
    ana, beto = team(2, role="lead")
    proposal = actions.propose_adoption(catalogue=CATALOGUE, language="es", scope=SCOPE, by=ana, at=at)
    assert (proposal.adopted_at, queries.adopted(CATALOGUE, "es"), facts("catalogue_adopted")) == (
        None,
        None,
        [],
    )
    adopted = actions.second_adoption(adoption_id=proposal.pk, by=beto, at=at)
    assert queries.adopted(CATALOGUE, "es") == adopted
    assert list(queries.adoptions()) == [adopted]
    assert facts("catalogue_adopted") == [
        {"subject": CATALOGUE, "adoption_id": adopted.pk, "language": "es", "scope": SCOPE}
    ]
    assert Entry.objects.get(type="moderation.catalogue_adopted").public == {
        "adoption": adopted.pk, "language": "es", "scope": SCOPE, "policy": SHIPPED.sha256,
    }  # fmt: skip


def test_two_leads_together_take_one_step_and_one_revokes(team: Team, at: datetime) -> None:
    ana, beto = team(2, role="lead")
    adoption = actions.adopt_catalogue(
        catalogue=CATALOGUE, language="es", scope=SCOPE, by=ana, second=beto, at=at
    )
    revoked = actions.revoke_adoption(
        adoption_id=adoption.pk, reason=" Too much is off topic. ", by=beto, at=at
    )
    assert (revoked.revoked_at, revoked.revoked_because) == (at, "Too much is off topic.")
    assert queries.adopted(CATALOGUE, "es") is None
    assert facts("adoption_revoked") == [
        {
            "subject": CATALOGUE, "adoption_id": adoption.pk, "language": "es", "reason": "Too much is off topic.",
        }
    ]  # fmt: skip
    again: dict[str, Any] = {"adoption_id": adoption.pk, "reason": "Twice", "by": ana, "at": at}
    refused(Code.ALREADY_REVOKED, lambda: actions.revoke_adoption(**again))
    refused(Code.NOT_PROPOSED, lambda: actions.second_adoption(adoption_id=adoption.pk, by=beto, at=at))
    assert (
        actions.propose_adoption(catalogue=CATALOGUE, language="es", scope=SCOPE, by=ana, at=at).pk
        != adoption.pk
    )


def test_a_proposal_taken_back_hides_nothing(team: Team, at: datetime) -> None:
    (ana,) = team(1, role="lead")
    proposal = actions.propose_adoption(catalogue=CATALOGUE, language="es", scope=SCOPE, by=ana, at=at)
    actions.revoke_adoption(adoption_id=proposal.pk, reason="A mistake", by=ana, at=at)
    assert facts("adoption_revoked") == []
    with pytest.raises(ValueError, match="has a reason"):
        actions.revoke_adoption(adoption_id=proposal.pk, reason=" ", by=ana, at=at)


def test_who_may_not(team: Team, toys: Toys, at: datetime) -> None:
    ana, beto = team(2, role="lead")
    (member,), (elsewhere,) = team(1), team(1, role="lead", language="pt")
    asked: dict[str, Any] = {"catalogue": CATALOGUE, "language": "es", "scope": SCOPE, "at": at}
    refused(Code.NOT_PERMITTED, lambda: actions.propose_adoption(by=member, **asked))
    refused(Code.NOT_PERMITTED, lambda: actions.propose_adoption(by=elsewhere, **asked))
    refused(Code.SAME_LEAD, lambda: actions.adopt_catalogue(by=ana, second=ana, **asked))
    refused(Code.NOT_PERMITTED, lambda: actions.adopt_catalogue(by=ana, second=member, **asked))
    toys.add(3, beto.pk)
    refused(Code.CONFLICT, lambda: actions.adopt_catalogue(by=ana, second=beto, **asked))
    assert not Adoption.objects.exists()


def test_what_cannot_be_adopted(team: Team, at: datetime) -> None:
    (ana,) = team(1, role="lead")
    asked: dict[str, Any] = {"catalogue": CATALOGUE, "language": "es", "by": ana}
    refused(Code.SCOPE_MISSING, lambda: actions.propose_adoption(scope={}, at=at, **asked))
    early = datetime.fromisoformat("2020-01-01T00:00:00Z")
    refused(Code.NO_POLICY, lambda: actions.propose_adoption(scope=SCOPE, at=early, **asked))
    proposal = actions.propose_adoption(scope=SCOPE, at=at, **asked)
    refused(Code.ALREADY_ADOPTED, lambda: actions.propose_adoption(scope=SCOPE, at=at, **asked))
    (member,) = team(1)
    refused(
        Code.NOT_PERMITTED,
        lambda: actions.revoke_adoption(adoption_id=proposal.pk, reason="Because", by=member, at=at),
    )
