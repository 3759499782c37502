"""The moderation desk: cases are assigned, decided blindly, kept by a beat, and given back without losing a word."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller, travel

from altavoz.moderation import actions as moderation
from altavoz.moderation.models import Case, Exclusion, Lease, Vote
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import State
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.people import an_account, browser_of, in_team

pytestmark = pytest.mark.django_db

Waiting = Callable[..., Publication]


@pytest.fixture(autouse=True)
def _settings(settings: LazySettings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False


@pytest.fixture(autouse=True)
def clock(at: datetime) -> Iterator[Traveller]:
    with travel(at, tick=False) as clock:
        yield clock


@pytest.fixture
def waiting(creator: Creator, at: datetime) -> Waiting:
    """Put a work before the moderators of its language."""

    def make(number: int = 1, *, language: str = "es", kind: str = "intake", **given: object) -> Publication:
        facts = {
            "kind": "article", "title": f"Bucles {number}", "slug": f"bucles-{number}", "summary": "Hola.",
            "metadata_language": language, "spoken_language": language, "url": f"https://lucia.example/{number}",
        } | given  # fmt: skip
        work = Publication.objects.create(
            state=State.PENDING,
            newest=1,
            submitted=1,
            language=language,
            lead=creator,
            gathered_at=at,
            changed_at=at,
        )
        Revision.objects.create(publication=work, number=1, digest=str(number), created_at=at, **facts)
        Credit.objects.create(publication=work, creator=creator)
        moderation.open_case(subject=work.subject, revision=1, kind=kind, language=language, at=at)
        return work

    return make


@pytest.fixture
def rosa(at: datetime) -> Account:
    return in_team(an_account("Rosa", at=at), "moderation", "es", at=at)


@pytest.fixture
def desk(rosa: Account) -> Browser:
    return browser_of(rosa)


def _take(desk: Browser) -> str:
    """Ask for the next case and return its address."""
    answer = desk.post("/en/moderate/next/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_strangers_sign_in_first(browser: Browser) -> None:
    assert browser.get("/es/moderate/").headers["Location"] == "/es/account/login/?next=/es/moderate/"


@pytest.mark.parametrize("path", ["", "cases/6f1bd8dd-5a68-4a9c-8f11-6b2f2ce1c0b4/"])
def test_who_is_in_no_team_is_told_so(path: str, at: datetime) -> None:
    outsider = browser_of(in_team(an_account("Otto", at=at), "promotion", "es", at=at))
    assert outsider.get(f"/es/moderate/{path}").status_code == 403


def test_a_trainee_decides_nothing(waiting: Waiting, at: datetime) -> None:
    waiting()
    trainee = browser_of(in_team(an_account("Tina", at=at), "moderation", "es", at=at, role="trainee"))
    assert trainee.post("/es/moderate/next/").status_code == 403
    assert not Lease.objects.exists()


def test_the_team_needs_a_second_factor(desk: Browser, settings: LazySettings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = True
    assert desk.get("/es/moderate/").status_code == 403


def test_the_landing_counts_and_names_no_work(desk: Browser, waiting: Waiting) -> None:
    waiting(1)
    waiting(2)
    html = desk.get("/en/moderate/").content.decode()
    assert "2 cases wait" in html
    assert "Bucles" not in html
    assert 'data-code="KeyN"' in html


def test_an_empty_queue_says_thank_you(desk: Browser) -> None:
    assert "Nothing waits" in desk.get("/en/moderate/").content.decode()
    answer = desk.post("/en/moderate/next/", follow=True)
    assert "Nothing waits for you right now" in answer.content.decode()


def test_the_case_has_everything_on_one_screen(desk: Browser, waiting: Waiting) -> None:
    waiting(title="Aprende <b>bucles</b>", summary="Un <script>alert(1)</script> resumen")
    html = desk.get(_take(desk)).content.decode()
    assert "Aprende &lt;b&gt;bucles&lt;/b&gt;" in html
    assert "<script>alert" not in html
    assert 'href="https://lucia.example/1" target="_blank" rel="noopener noreferrer"' in html
    assert 'value="off_topic"' in html
    assert "Lucía Ñandú" in html
    for code in ("KeyA", "KeyC", "KeyR", "KeyE", "KeyS"):
        assert f'data-code="{code}"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", ""])
def test_a_dangerous_address_is_no_link(desk: Browser, waiting: Waiting, url: str) -> None:
    waiting(url=url)
    assert 'target="_blank" rel="noopener noreferrer"' not in desk.get(_take(desk)).content.decode()


def test_two_blind_approvals_publish(
    desk: Browser, waiting: Waiting, at: datetime, deliver: Callable[..., int]
) -> None:
    work = waiting()
    second = browser_of(in_team(an_account("Pere", at=at), "moderation", "es", at=at))
    desk.post(_take(desk), {"verdict": "approve"})
    where = _take(second)
    assert "approve" not in second.get(where).context["desk"].__dict__.values()
    assert "Rosa" not in second.get(where).content.decode()
    answer = second.post(where, {"verdict": "approve"})
    assert answer.headers["Location"] == "/en/moderate/"
    deliver()
    work.refresh_from_db()
    assert work.state == "published"
    assert browser_of(None).get(f"/ar/works/{work.pk}-bucles-1/").status_code == 200


def test_a_double_click_votes_once(desk: Browser, waiting: Waiting) -> None:
    waiting()
    where = _take(desk)
    answers = [desk.post(where, {"verdict": "approve"}).headers["Location"] for _ in range(2)]
    assert answers == ["/en/moderate/", "/en/moderate/"]
    assert Vote.objects.count() == 1
    assert desk.post(where, {"verdict": "escalate"}).status_code == 409


def test_an_objection_names_a_rule_and_keeps_the_words(desk: Browser, waiting: Waiting) -> None:
    waiting()
    where = _take(desk)
    page = desk.post(where, {"verdict": "reject", "note": "Mira el minuto 3", "note_language": "es"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Please choose which rule" in html
    assert "Mira el minuto 3</textarea>" in html
    desk.post(where, {"verdict": "reject", "clauses": ["spam"], "note": "Mira", "note_language": "es"})
    assert list(Vote.objects.values_list("verdict", "clauses", "note", "note_language")) == [
        ("reject", ["spam"], "Mira", "es")
    ]


def test_an_approval_names_no_rule(desk: Browser, waiting: Waiting) -> None:
    waiting()
    page = desk.post(_take(desk), {"verdict": "approve", "clauses": ["spam"]})
    assert page.status_code == 422
    assert "An approval names no broken rule" in page.content.decode()
    assert 'value="spam" checked' in page.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verdict": "delete"},
        {"verdict": "reject", "clauses": ["no_such_rule"]},
        {"verdict": "approve", "note": "x" * 2_001},
        {"verdict": "approve", "note": "x", "note_language": "<script>"},
    ],
)
def test_nonsense_is_told_on_the_page(desk: Browser, waiting: Waiting, sent: dict[str, object]) -> None:
    waiting()
    page = desk.post(_take(desk), sent)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert not Vote.objects.exists()


def test_a_lost_case_gives_the_words_back(desk: Browser, waiting: Waiting, clock: Traveller) -> None:
    waiting()
    where = _take(desk)
    clock.shift(timedelta(minutes=4))
    sent = {"verdict": "reject", "clauses": ["spam"], "note": "Mira el minuto 3", "note_language": "es"}
    page = desk.post(where, sent)
    html = page.content.decode()
    assert page.status_code == 409
    assert "Your time for this case ran out" in html
    assert "Mira el minuto 3</textarea>" in html
    back = desk.post(f"{where}renew/", sent)
    html = back.content.decode()
    assert back.status_code == 200
    assert "Mira el minuto 3</textarea>" in html
    assert 'value="spam" checked' in html
    assert not Vote.objects.exists()


def test_what_others_took_meanwhile_stays_theirs(
    desk: Browser, waiting: Waiting, at: datetime, clock: Traveller
) -> None:
    waiting()
    where = _take(desk)
    clock.shift(timedelta(minutes=4))
    for name in ("Pere", "Quim"):
        _take(browser_of(in_team(an_account(name, at=at), "moderation", "es", at=at)))
    assert desk.post(f"{where}renew/").status_code == 409


def test_the_beat_asks_for_more_time(desk: Browser, waiting: Waiting, clock: Traveller, at: datetime) -> None:
    waiting()
    where = _take(desk)
    clock.shift(timedelta(minutes=2))
    answer = desk.post(f"{where}renew/", headers={"accept": "application/json"})
    assert answer.json() == {"expires_at": (at + timedelta(minutes=5)).isoformat()}
    clock.shift(timedelta(minutes=90))
    answer = desk.post(f"{where}renew/", headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert set(answer.json()) == {"words"}


def test_skipping_gives_it_to_somebody_else(desk: Browser, waiting: Waiting) -> None:
    waiting()
    assert desk.post(f"{_take(desk)}skip/").headers["Location"] == "/en/moderate/"
    assert list(Lease.objects.values_list("ended_because")) == [("skipped",)]
    assert desk.post("/en/moderate/next/").headers["Location"] == "/en/moderate/"


def test_skipping_has_an_end(desk: Browser, waiting: Waiting) -> None:
    for number in range(6):
        waiting(number)
    for _ in range(5):
        desk.post(f"{_take(desk)}skip/")
    page = desk.post(f"{_take(desk)}skip/")
    assert page.status_code == 409
    assert "Cases are assigned, not chosen" in page.content.decode()
    assert "Back to the case" in page.content.decode()


def test_recusing_asks_no_reason(desk: Browser, waiting: Waiting) -> None:
    waiting()
    where = _take(desk)
    assert desk.post(f"{where}recuse/").headers["Location"] == "/en/moderate/"
    assert list(Exclusion.objects.values_list("cause", flat=True)) == ["recused"]
    assert desk.get(where).status_code == 409


def test_no_more_than_three_at_a_time(desk: Browser, waiting: Waiting) -> None:
    for number in range(4):
        waiting(number)
    for _ in range(3):
        _take(desk)
    page = desk.post("/en/moderate/next/")
    assert page.status_code == 409
    assert "You have three cases open" in page.content.decode()
    assert desk.get("/en/moderate/").content.decode().count("Yours until") == 3


def test_somebody_elses_case_is_unknown(desk: Browser, waiting: Waiting, at: datetime) -> None:
    waiting()
    where = _take(desk)
    other = browser_of(in_team(an_account("Pere", at=at), "moderation", "es", at=at))
    assert [other.get(where).status_code, other.post(where, {"verdict": "approve"}).status_code] == [404, 404]
    for step in ("renew", "skip", "recuse"):
        assert other.post(f"{where}{step}/").status_code == 404
    assert not Vote.objects.exists()


def test_a_conflict_noticed_late_closes_the_door(
    desk: Browser, waiting: Waiting, rosa: Account, creator: Creator, at: datetime
) -> None:
    from altavoz.showcase import actions as showcase

    waiting(title="Secreto")
    where = _take(desk)
    showcase.grant_ownership(creator=creator, account=rosa, method="token", at=at)
    page = desk.get(where)
    assert page.status_code == 403
    assert "Secreto" not in page.content.decode()
    assert desk.post(where, {"verdict": "approve"}).status_code == 403


def test_own_work_is_never_handed_out(
    desk: Browser, waiting: Waiting, rosa: Account, creator: Creator, at: datetime
) -> None:
    from altavoz.showcase import actions as showcase

    showcase.grant_ownership(creator=creator, account=rosa, method="token", at=at)
    waiting()
    assert desk.post("/en/moderate/next/").headers["Location"] == "/en/moderate/"


def test_a_change_is_shown_field_by_field(desk: Browser, waiting: Waiting, at: datetime) -> None:
    work = waiting()
    Case.objects.update(state="decided", outcome="published", decided_at=at, votes_needed=0)
    Revision.objects.create(
        publication=work, number=2, digest="2", created_at=at, kind="article", title="Bucles sin fin",
        slug="b", summary="Hola.", metadata_language="es", spoken_language="ca", url="https://lucia.example/2",
        duration_s=90,
    )  # fmt: skip
    moderation.open_case(subject=work.subject, revision=2, kind="change", language="es", at=at)
    page = desk.get(_take(desk))
    html = page.content.decode()
    assert '<del><span class="hidden-visually">removed:</span>1</del>' in html
    assert '<ins><span class="hidden-visually">added:</span>sin fin</ins>' in html
    told = {
        str(row.name): "".join(f"{piece.op}:{piece.text}|" for piece in row.pieces)
        for row in page.context["changes"]
    }
    assert told["Spoken language"] == "removed:Español|same: |added:Català|"
    assert told["Length"] == "same: |added:1:30|"
    assert told["Address"] == "removed:https://lucia.example/1|same: |added:https://lucia.example/2|"


def test_a_right_to_left_title_keeps_its_direction(waiting: Waiting, at: datetime) -> None:
    desk = browser_of(in_team(an_account("Amal", at=at, language="ar"), "moderation", "ar", at=at))
    waiting(language="ar", title="حلقات بايثون")
    html = desk.get(_take(desk)).content.decode()
    assert 'lang="ar" dir="rtl">حلقات بايثون</h1>' in html


def test_pictures_of_others_are_never_loaded(desk: Browser, waiting: Waiting) -> None:
    waiting(thumbnail_url="https://tracker.example/pixel.gif")
    assert "tracker.example" not in desk.get(_take(desk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_little(desk: Browser, waiting: Waiting, count: int) -> None:
    for number in range(count):
        waiting(number)
    _take(desk)
    with CaptureQueriesContext(connection) as landing:
        desk.get("/en/moderate/")
    assert len(landing) == 9


def test_leads_give_escalated_cases_back(desk: Browser, waiting: Waiting, at: datetime) -> None:
    waiting(title="Secreto")
    desk.post(_take(desk), {"verdict": "escalate"})
    case = Case.objects.get()
    assert case.state == "escalated"
    assert [
        desk.get("/en/moderate/leads/").status_code,
        desk.post(f"/en/moderate/leads/{case.pk}/").status_code,
    ] == [403] * 2
    lead = browser_of(in_team(an_account("Lola", at=at), "moderation", "es", at=at, role="lead"))
    assert 'href="/en/moderate/leads/"' in lead.get("/en/moderate/").content.decode()
    html = lead.get("/en/moderate/leads/").content.decode()
    assert "asked for help" in html
    assert "Secreto" not in html
    assert lead.post(f"/en/moderate/leads/{case.pk}/").headers["Location"] == "/en/moderate/leads/"
    case.refresh_from_db()
    assert case.state == "open"
    assert lead.post(f"/en/moderate/leads/{case.pk}/").status_code == 409
    assert lead.post("/en/moderate/leads/999999/").status_code == 409
    assert "decide their cases themselves" in lead.get("/en/moderate/leads/").content.decode()
