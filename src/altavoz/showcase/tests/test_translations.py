"""Translations of titles and summaries: offered by people, checked by the team of their language, never by friends."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from altavoz.core import events, subjects
from altavoz.core.models import Event
from altavoz.moderation import actions as moderation
from altavoz.moderation import queries as reviews
from altavoz.moderation.events import CaseDecided, DecisionUndone
from altavoz.moderation.models import Case
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.showcase import actions, queries, reading
from altavoz.showcase.actions import erasing, translating
from altavoz.showcase.models import Creator, Publication, Revision, WorkTranslation
from altavoz.showcase.states import StepRefusedError, Translating, Turn, turned
from altavoz.showcase.tests.builders import a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db
Deliver = Callable[..., int]


@pytest.fixture
def work(at: datetime) -> Publication:
    """Return a visible work in Spanish by Ana Ruiz, who claimed her page."""
    creator = a_creator(at=at)
    actions.grant_ownership(creator=creator, account=_person("ana", at), method="token", at=at)
    (pk,) = actions.gather([an_entry(a_channel(creator, at=at), at=at).pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    moderation.close_case(subject=f"showcase.publication:{pk}", reason="test", at=at)
    return Publication.objects.get(pk=pk)


def _shown(work: Publication) -> dict[str, WorkTranslation]:
    page = reading.work_page(work.pk)
    return page.translations if page else {}


def _person(name: str, at: datetime, *writes: str) -> Account:
    account = people.create_account(
        email=f"{name}@example.org", name=name.title(), language="fr" if "fr" in writes else "es", at=at
    )
    people.change_profile(account=account, by=account, at=at, reads=list(writes), writes=list(writes))
    return account


def _moderators(at: datetime, *accounts: Account, language: str = "fr") -> None:
    team = people.open_team(language=language, kind="moderation", by=None, at=at)
    for account in accounts:
        people.join_team(account=account, team=team, role="member", by=None, at=at)


def _offer(work: Publication, by: Account, at: datetime, **told: object) -> WorkTranslation:
    given = {"language": "fr", "title": " Œuvre 1 ", "summary": "Un résumé.", "named": True} | told
    return actions.offer_translation(publication=work, revision=1, by=by, at=at, **given)  # type: ignore[arg-type]


def _decide(
    translation: WorkTranslation, outcome: str, at: datetime, deliver: Deliver, kind: str = "intake"
) -> None:
    case = Case.objects.filter(subject=translation.subject).values_list("pk", flat=True).first() or 0
    fact = CaseDecided(
        subject=translation.subject, case_id=case, revision=1, kind=kind, outcome=outcome, clauses=()
    )
    events.record(fact, at=at)
    deliver()
    translation.refresh_from_db()


def _approved(
    work: Publication, by: Account, at: datetime, deliver: Deliver, **told: object
) -> WorkTranslation:
    translation = _offer(work, by, at, **told)
    _decide(translation, "published", at, deliver)
    return translation


def test_what_is_offered_waits_for_the_team_of_its_language(work: Publication, at: datetime) -> None:
    bea = _person("bea", at, "fr")
    made = _offer(work, bea, at)
    case = Case.objects.get(subject=made.subject)
    assert (case.kind, case.language, case.revision, case.state) == ("intake", "fr", 1, "open")
    assert subjects.describe(made.subject) == subjects.Description(
        subject=made.subject,
        revision=1,
        title="Œuvre 1",
        summary="Un résumé.",
        language="fr",
        spoken_language="fr",
        kind="translation",
        url="https://ana.example.org/1/",
        page=f"works/{work.pk}-obra-1/",
        creator_name="Ana Ruiz",
        again=str(subjects.describe(made.subject).again),  # type: ignore[union-attr]  # just described
    )
    assert _shown(work) == {}
    assert queries.translation(made.pk) is None
    assert [row.pk for row in queries.translations_by(bea, work)] == [made.pk]


def test_the_quorum_of_that_team_makes_it_visible(work: Publication, at: datetime, deliver: Deliver) -> None:
    made = _offer(work, _person("bea", at, "fr"), at)
    members = [_person(name, at, "fr") for name in ("luc", "zoe")]
    _moderators(at, *members)
    for member in members:
        lease = moderation.claim(by=member, at=at)
        assert lease is not None
        desk = reviews.case_for_desk(lease, at=at)
        assert (desk.language, desk.work.title) == ("fr", "Œuvre 1")
        moderation.vote(token=lease.token, by=member, verdict="approve", at=at)
    deliver()
    assert _shown(work) == {"fr": made}
    assert queries.translation(made.pk) == made
    told = Event.objects.get(name="showcase.translation_changed")
    assert (told.subject, told.body["work"], told.body["language"], told.body["shown"]) == (
        made.subject, work.subject, "fr", True,
    )  # fmt: skip


def test_creator_translator_and_their_friends_decide_nothing(work: Publication, at: datetime) -> None:
    bea, ana = _person("bea", at, "fr"), Account.objects.get(name="Ana")
    friend, stranger = _person("paul", at, "fr"), _person("luc", at, "fr")
    people.declare_affiliation(one=bea, other=friend, reason="friend", by=bea, at=at)
    _moderators(at, bea, ana, friend, stranger)
    made = _offer(work, bea, at)
    assert subjects.parties(made.subject) == {bea.pk, ana.pk}
    assert subjects.authors(made.subject) == {bea.pk}
    assert [moderation.claim(by=person, at=at) for person in (bea, ana, friend)] == [None, None, None]
    assert moderation.claim(by=stranger, at=at) is not None


def test_a_refusal_is_told_to_its_author_alone_and_says_how_to_go_on(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    bea = _person("bea", at, "fr")
    made = _offer(work, bea, at)
    members = [_person(name, at, "fr") for name in ("luc", "zoe")]
    _moderators(at, *members)
    for member in members:
        lease = moderation.claim(by=member, at=at)
        assert lease is not None
        moderation.vote(token=lease.token, by=member, verdict="reject", clauses=["wrong_language"], at=at)
    deliver()
    made.refresh_from_db()
    assert made.state == Translating.DECLINED
    statement = reviews.statement_of_reasons(Case.objects.get(subject=made.subject), language="en")
    assert statement is not None
    assert statement.resubmit.startswith("Correct your words")
    assert [message.to for message in mail.outbox] == [["Bea <bea@example.org>"]]


def test_a_better_one_takes_the_place_of_what_is_shown(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    first = _approved(work, _person("bea", at, "fr"), at, deliver)
    second = _approved(work, _person("luc", at, "fr"), at, deliver, title="Ouvrage 1")
    first.refresh_from_db()
    assert (first.state, second.state) == (Translating.REPLACED, Translating.SHOWN)
    assert _shown(work) == {"fr": second}


def test_a_second_thought_takes_the_place_of_what_still_waits(work: Publication, at: datetime) -> None:
    bea = _person("bea", at, "fr")
    first, second = _offer(work, bea, at), _offer(work, bea, at, title="Mieux")
    first.refresh_from_db()
    assert (first.state, second.state) == (Translating.REMOVED, Translating.OFFERED)
    assert list(Case.objects.filter(state="open").values_list("subject", flat=True)) == [second.subject]


def test_what_is_not_taken(work: Publication, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    bea = _person("bea", at, "fr", "es", "ja", "ar")
    for told in ({"language": "es"}, {"title": " \u200b "}, {"revision": 2}):
        given = {"language": "fr", "title": "T", "summary": "", "named": False, "revision": 1} | told
        with pytest.raises(actions.TranslationRefusedError) as refused:
            actions.offer_translation(publication=work, by=bea, at=at, **given)  # type: ignore[arg-type]
        assert str(refused.value.words).endswith(".")
    with pytest.raises(PermissionDenied):
        _offer(work, bea, at, language="pt")
    monkeypatch.setattr(translating, "WAITING_PER_PERSON", 1)
    _offer(work, bea, at)
    with pytest.raises(actions.TranslationRefusedError):
        _offer(work, bea, at, language="ja")
    actions.withdraw(publication=work, by=Account.objects.get(name="Ana"), at=at)
    with pytest.raises(actions.TranslationRefusedError):
        _offer(work, bea, at, language="ar")


def test_it_is_stale_once_the_work_says_something_else(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    made = _approved(work, _person("bea", at, "fr"), at, deliver)
    first = work.revisions.get()
    assert not made.is_stale(first)
    assert not made.is_stale(Revision(title=first.title, summary=first.summary, topics=["new"]))
    assert made.is_stale(Revision(title="Obra 1, corregida", summary=first.summary))


def test_author_and_creator_may_take_it_away_and_nobody_else(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    bea, ana = _person("bea", at, "fr"), Account.objects.get(name="Ana")
    shown = _approved(work, bea, at, deliver)
    with pytest.raises(PermissionDenied):
        actions.remove_translation(translation=shown, by=_person("luc", at, "fr"), at=at)
    actions.remove_translation(translation=shown, by=ana, at=at)
    shown.refresh_from_db()
    assert (shown.state, _shown(work)) == (Translating.REMOVED, {})
    with pytest.raises(StepRefusedError):
        actions.remove_translation(translation=shown, by=bea, at=at)
    waiting = _offer(work, bea, at)
    actions.remove_translation(translation=waiting, by=bea, at=at)
    assert Case.objects.get(subject=waiting.subject).state == "closed"


def test_a_report_upheld_takes_it_away(work: Publication, at: datetime, deliver: Deliver) -> None:
    shown = _approved(work, _person("bea", at, "fr"), at, deliver)
    report = moderation.report(subject=shown.subject, by=_person("luc", at), clause="spam", at=at)
    assert report.case.language == "fr"
    _decide(shown, "published", at, deliver, "report")
    assert shown.state == Translating.SHOWN
    _decide(shown, "rejected", at, deliver, "report")
    assert shown.state == Translating.REMOVED
    _decide(shown, "rejected", at, deliver, "report")  # twice changes nothing


def test_a_decision_undone_is_taken_back(work: Publication, at: datetime, deliver: Deliver) -> None:
    for reopened, state in ((True, Translating.OFFERED), (False, Translating.REMOVED)):
        shown = _approved(work, _person(f"bea{reopened}", at, "fr"), at, deliver)
        fact = DecisionUndone(
            subject=shown.subject,
            case_id=1,
            revision=1,
            outcome="published",
            reopened=reopened,
            kind="intake",
        )
        events.record(fact, fact, at=at)
        deliver()
        shown.refresh_from_db()
        assert shown.state == state


def test_decisions_that_come_late_change_nothing(work: Publication, at: datetime, deliver: Deliver) -> None:
    made = _offer(work, _person("bea", at, "fr"), at)
    actions.remove_translation(translation=made, by=made.author or Account(), at=at)
    for outcome in ("published", "rejected"):
        _decide(made, outcome, at, deliver)
        assert made.state == Translating.REMOVED
    assert not actions.show_translation(subject="showcase.translation:999999", at=at)
    assert subjects.parties("showcase.translation:999999") == frozenset()
    assert subjects.authors("showcase.translation:999999") == frozenset()


def test_what_waits_goes_with_a_withdrawn_work_and_returns_with_none(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    shown = _approved(work, _person("bea", at, "fr"), at, deliver)
    waiting = _offer(work, _person("luc", at, "ja"), at, language="ja")
    actions.withdraw(publication=work, by=Account.objects.get(name="Ana"), at=at)
    deliver()
    waiting.refresh_from_db()
    assert (waiting.state, Case.objects.get(subject=waiting.subject).state) == ("removed", "closed")
    assert queries.translation(shown.pk) is None  # its work is on no page


def test_words_that_leave_no_trace_leave_none_in_other_languages(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    _approved(work, _person("bea", at, "fr"), at, deliver)
    waiting = _offer(work, _person("luc", at, "ja"), at, language="ja")
    erasing.withdraw_without_trace(work, at=at)
    assert WorkTranslation.objects.count() == 0
    assert Case.objects.get(subject=waiting.subject).state == "closed"


def test_an_erased_person_is_named_nowhere_and_their_work_stays(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    bea = _person("bea", at, "fr", "ja")
    shown = _approved(work, bea, at, deliver)
    _offer(work, bea, at, language="ja", named=False)
    exported = people.export(bea)["showcase.translations"]
    assert [(row["language"], row["title"], row["state"], row["named"]) for row in exported] == [
        ("fr", "Œuvre 1", "shown", True),
        ("ja", "Œuvre 1", "offered", False),
    ]
    assert shown.credit == "Bea"
    people.erase(account=bea, by=bea, at=at)
    kept = _shown(work)["fr"]
    assert (kept.author, kept.credit) == (None, "")
    assert WorkTranslation.objects.get(language="ja").state == Translating.REMOVED


def test_who_does_not_want_to_be_named_is_not(work: Publication, at: datetime, deliver: Deliver) -> None:
    assert _approved(work, _person("bea", at, "fr"), at, deliver, named=False).credit == ""


def test_the_database_keeps_one_shown_and_one_waiting(
    work: Publication, at: datetime, deliver: Deliver
) -> None:
    bea = _person("bea", at, "fr")
    for state in (Translating.SHOWN, Translating.OFFERED):
        made = _approved(work, bea, at, deliver) if state == Translating.SHOWN else _offer(work, bea, at)
        made.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save(force_insert=True)
    for wrong in ({"title": ""}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkTranslation.objects.filter(author=bea).update(**wrong)


def test_four_questions_however_many_languages(
    work: Publication, at: datetime, deliver: Deliver, django_assert_num_queries: Callable[..., object]
) -> None:
    for count, language in enumerate(("fr", "ja", "ar"), 1):
        _approved(work, _person(f"p{count}", at, language), at, deliver, language=language)
        with django_assert_num_queries(4):  # type: ignore[attr-defined]  # pytest-django's context manager
            found = _shown(work)
            assert [row.credit for row in found.values()]
        assert len(found) == count


def test_steps_the_table_does_not_have_are_refused() -> None:
    with pytest.raises(StepRefusedError):
        turned(Translating.REMOVED, Turn.SHOW)


def test_creators_have_no_authors_of_their_own(work: Publication, at: datetime) -> None:  # noqa: ARG001 - for its creator
    creator = Creator.objects.get()
    assert subjects.authors(creator.subject) == subjects.parties(creator.subject)


@pytest.mark.parametrize(
    ("decide", "after"),
    [
        (actions.decline_translation, Translating.DECLINED),
        (actions.show_translation, Translating.REMOVED),
    ],
)
@pytest.mark.parametrize("reopened", [True, False])
def test_a_newer_translation_stands_where_an_older_one_could_return(
    work: Publication, at: datetime, decide: Callable[..., bool], after: Translating, *, reopened: bool
) -> None:
    person = _person("zoe", at, "fr")
    old = _offer(work, person, at)
    decide(subject=old.subject, at=at)
    new = _offer(work, person, at, title="Mieux dit")
    assert actions.reconsider_translation(subject=old.subject, reopened=reopened, at=at)
    states = dict(WorkTranslation.objects.values_list("pk", "state"))
    assert states == {old.pk: after, new.pk: Translating.OFFERED}
    assert not Case.objects.filter(subject=old.subject, state__in=("open", "escalated")).exists()
