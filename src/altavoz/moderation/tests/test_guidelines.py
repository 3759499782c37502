"""The guidelines: shipped once, versioned, in words of our own."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from altavoz.core.models import Entry
from altavoz.moderation import actions, queries
from altavoz.moderation.apps import ship_guidelines
from altavoz.moderation.clauses import SHIPPED, WORDINGS, Document, Origin, ShippedClause
from altavoz.moderation.models import Clause, PolicyVersion
from altavoz.moderation.queries import ClauseView

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 6, 1, tzinfo=UTC)
PINNED = (
    f"https://github.com/psf/policies/blob/{SHIPPED.source_commit}/docs/python.org/code-of-conduct/index.md"
)


def changed(**parts: object) -> Document:
    """Return the shipped document with other parts."""
    return Document(**(vars(SHIPPED) | parts))


def test_a_migrated_database_has_the_guidelines(at: datetime) -> None:
    policy = PolicyVersion.objects.get()
    assert (policy.sha256, policy.effective_to, str(policy)) == (
        SHIPPED.sha256,
        None,
        "guidelines 2026-01-01",
    )
    codes = list(policy.clauses.values_list("origin", "code"))
    assert (len(codes), codes[:1], codes[-1:]) == (
        24, [("psf", "harassment")], [("platform", "undisclosed_promotion")],
    )  # fmt: skip
    assert (queries.policy_current(at), [code for _, code in codes]) == (policy, list(WORDINGS))


def test_loading_it_again_changes_nothing(at: datetime) -> None:
    before = Entry.objects.count()
    ship_guidelines()
    assert actions.load_policy(document=SHIPPED, at=at) == PolicyVersion.objects.get()
    assert (Entry.objects.count(), Clause.objects.count()) == (before, 24)


def test_a_new_version_ends_the_old_one(at: datetime) -> None:
    document = changed(effective_from=SUMMER, source_commit="a" * 40, substantive=False)
    new = actions.load_policy(document=document, at=at)
    old = PolicyVersion.objects.exclude(pk=new.pk).get()
    assert (old.effective_to, new.effective_to, new.substantive) == (SUMMER, None, False)
    assert (queries.policy_current(at), queries.policy_current(SUMMER)) == (old, new)
    assert Entry.objects.filter(type="moderation.policy_loaded").latest("seq").public == {
        "sha256": document.sha256, "effective_from": "2026-06-01T00:00:00+00:00",
    }  # fmt: skip
    ship_guidelines()
    assert PolicyVersion.objects.count() == 2


def test_versions_follow_each_other_in_time(at: datetime) -> None:
    with pytest.raises(ValueError, match="after 2026-01-01"):
        actions.load_policy(document=changed(source_commit="b" * 40), at=at)


def test_an_operators_own_rule_needs_a_label(at: datetime) -> None:
    own = ShippedClause("house_rule", Origin.PLATFORM, "clause-house_rule", "")
    with pytest.raises(ValueError, match="house_rule"):
        actions.load_policy(document=changed(clauses=(own,), effective_from=SUMMER), at=at)
    labelled = own._replace(label="Nada de gatos")
    policy = actions.load_policy(document=changed(clauses=(labelled,), effective_from=SUMMER), at=at)
    clause = policy.clauses.get()
    assert (str(clause), clause.fix) == ("Nada de gatos", "")


def test_clauses_link_to_the_text_they_are_pinned_to() -> None:
    policy = PolicyVersion.objects.get()
    with translation.override("en"):
        assert [(view.code, view.link) for view in queries.clauses_of(policy, ["spam", "ban_evasion"])] == [
            ("ban_evasion", f"{PINNED}#inappropriate-behavior"),
            ("spam", "http://localhost:8000/en/guidelines/#clause-spam"),
        ]
        assert queries.clauses_of(policy)[0] == ClauseView(
            code="harassment",
            origin="psf",
            label="Harassment of a person",
            fix=str(WORDINGS["harassment"].fix),
            link=f"{PINNED}#inappropriate-behavior",
        )


def test_the_table_that_is_not_there_yet_is_no_reason_to_fail() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE moderation_policyversion RENAME TO elsewhere")
    ship_guidelines()
