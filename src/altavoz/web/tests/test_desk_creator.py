"""The creator's desk: works and where they stand, reasons, channels, proofs, profile; nobody else's."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from altavoz.ingest import actions as ingest
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import ProofMethod
from altavoz.moderation import actions as moderation
from altavoz.moderation.models import Case
from altavoz.people.models import Account
from altavoz.showcase import actions as showcase
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import State
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.people import an_account, browser_of, in_team

pytestmark = pytest.mark.django_db

Gather = Callable[..., Publication]


@pytest.fixture(autouse=True)
def _then(at: datetime, settings: LazySettings) -> Iterator[None]:
    settings.ALTAVOZ_REQUIRE_MFA = False
    with travel(at, tick=False):
        yield


@pytest.fixture
def owner(creator: Creator, person: Account, at: datetime) -> Account:
    showcase.grant_ownership(creator=creator, account=person, method="token", at=at)
    return person


@pytest.fixture
def desk(owner: Account) -> Browser:
    return browser_of(owner)


@pytest.fixture
def gather(creator: Creator, at: datetime) -> Gather:
    """Make a work in any state but published."""

    def make(number: int = 1, *, state: str = State.DRAFT, **given: object) -> Publication:
        work = Publication.objects.create(
            state=state, newest=1, language="es", lead=creator, gathered_at=at, changed_at=at
        )
        facts = {
            "title": f"Bucles {number}",
            "slug": f"bucles-{number}",
            "metadata_language": "es",
            "spoken_language": "es",
        } | given
        Revision.objects.create(
            publication=work, number=1, digest=str(number), created_at=at, kind="article",
            url=f"https://lucia.example/{number}", **facts,
        )  # fmt: skip
        Credit.objects.create(publication=work, creator=creator)
        return work

    return make


@pytest.fixture
def channel(creator: Creator, at: datetime) -> Source:
    return Source.objects.create(
        owner=creator.subject, kind="feed", address="https://lucia.example/", title="Serpientes",
        feed_url="https://lucia.example/feed.xml", added_at=at, next_poll_at=at,
    )  # fmt: skip


def _review(work: Publication, verdict: str, at: datetime, deliver: Callable[..., int]) -> None:
    """Let two moderators say the same."""
    moderation.open_case(subject=work.subject, revision=1, kind="intake", language="es", at=at)
    Publication.objects.filter(pk=work.pk).update(state=State.PENDING, submitted=1)
    for name in ("Rosa", "Pere"):
        by = in_team(an_account(name, at=at), "moderation", "es", at=at)
        lease = moderation.claim(by=by, at=at)
        assert lease is not None
        moderation.vote(
            token=lease.token, by=by, verdict=verdict, clauses=["spam"], note="Zu viel Reklame",
            note_language="de", at=at,
        )  # fmt: skip
    deliver()


def test_strangers_sign_in_first(browser: Browser) -> None:
    for path in ("", "claims/", "works/1/", "works/1/withdraw/", "works/1/language/", "channels/1/",
                 "channels/1/remove/", "creators/1/"):  # fmt: skip
        assert browser.get(f"/es/desk/{path}").headers["Location"].startswith("/es/account/login/?next=")


def test_who_has_nothing_is_invited(at: datetime) -> None:
    html = browser_of(an_account("Nadie", at=at)).get("/en/desk/").content.decode()
    assert "Nothing is yours here yet" in html
    assert 'href="/en/add/"' in html


def test_every_state_is_told_in_words(desk: Browser, gather: Gather, at: datetime) -> None:
    works = {state: gather(number, state=state) for number, state in enumerate(State) if state != "published"}
    pending = works[State.PENDING]
    case = moderation.open_case(subject=pending.subject, revision=1, kind="intake", language="es", at=at)
    context = desk.get("/en/desk/").context
    told = {row.pk: (row.state, str(row.words), row.due_at) for row in context["works"]}
    assert told[pending.pk] == (
        "pending",
        "It waits for two people of the team for this language: Spanish.",
        case.due_at,
    )
    assert {state: told[work.pk][0] for state, work in works.items()} == {state: state for state in works}
    assert all(words for _state, words, _due in told.values())


def test_reasons_reach_the_author_in_their_language(
    desk: Browser, gather: Gather, at: datetime, deliver: Callable[..., int]
) -> None:
    work = gather(title="<b>Bucles</b>")
    _review(work, "reject", at, deliver)
    overview = desk.get("/en/desk/").content.decode()
    assert "Declined" in overview
    assert f'href="/en/desk/works/{work.pk}/#reasons"' in overview
    html = desk.get(f"/en/desk/works/{work.pk}/").content.decode()
    assert "Spam" in html or "spam" in html
    assert '<blockquote lang="de" dir="ltr">Zu viel Reklame</blockquote>' in html
    assert "2 members of the español team" in html.lower() or "2 members of the Español team" in html
    assert "Rosa" not in html
    assert "Pere" not in html
    assert "<b>Bucles" not in html


def test_an_approved_work_has_no_reasons_to_read(desk: Browser, publish: Callable[..., Publication]) -> None:
    work = publish()
    html = desk.get(f"/en/desk/works/{work.pk}/").content.decode()
    assert "Everybody can see it" in html
    assert 'id="reasons"' not in html


def test_a_change_of_a_published_work_is_told(
    desk: Browser, publish: Callable[..., Publication], at: datetime
) -> None:
    work = publish()
    Revision.objects.create(
        publication=work, number=2, digest="2", created_at=at, kind="video", title="Nuevo", slug="n",
        metadata_language="es", spoken_language="es", url="https://lucia.example/2",
    )  # fmt: skip
    Publication.objects.update(newest=2, submitted=2)
    moderation.open_case(subject=work.subject, revision=2, kind="change", language="es", at=at)
    told = [str(desk.get("/en/desk/").context["works"][0].words)]
    Case.objects.update(state="escalated", votes_needed=0)
    told.append(str(desk.get("/en/desk/").context["works"][0].words))
    Case.objects.update(state="decided", outcome="rejected", decided_at=at)
    row = desk.get("/en/desk/").context["works"][0]
    assert [*told, str(row.words), row.state, row.has_reasons] == [
        "Everybody sees the version approved before. The new one is being checked.",
        "Everybody sees the version approved before. The new one is being checked.",
        "Everybody sees the version approved before. The new one was declined.",
        "published",
        True,
    ]


def test_who_can_decide_is_looked_for(desk: Browser, gather: Gather, at: datetime) -> None:
    work = gather(state=State.PENDING)
    moderation.open_case(subject=work.subject, revision=1, kind="intake", language="es", at=at)
    Case.objects.update(state="escalated", votes_needed=0)
    assert "looking for people who can decide" in desk.get("/en/desk/").content.decode()


def test_an_erased_work_is_not_there(desk: Browser, gather: Gather) -> None:
    work = gather(state=State.WITHDRAWN)
    Revision.objects.all().delete()
    assert desk.get(f"/en/desk/works/{work.pk}/").status_code == 404


def test_withdrawing_asks_once_more(desk: Browser, publish: Callable[..., Publication]) -> None:
    work = publish()
    assert desk.get(f"/en/desk/works/{work.pk}/withdraw/").status_code == 200
    work.refresh_from_db()
    assert work.state == "published"
    answer = desk.post(f"/en/desk/works/{work.pk}/withdraw/", follow=True)
    assert "The work is withdrawn" in answer.content.decode()
    work.refresh_from_db()
    assert [work.state, work.published_revision] == ["withdrawn", None]
    assert desk.post(f"/en/desk/works/{work.pk}/withdraw/").status_code == 409
    assert "shown nowhere" in desk.get(f"/en/desk/works/{work.pk}/withdraw/").content.decode()


def test_the_desk_of_others_is_not_there(
    publish: Callable[..., Publication], channel: Source, creator: Creator, at: datetime
) -> None:
    work = publish()
    stranger = browser_of(an_account("Otto", at=at))
    paths = (f"works/{work.pk}/", f"works/{work.pk}/withdraw/", f"channels/{channel.pk}/",
             f"channels/{channel.pk}/remove/", f"creators/{creator.pk}/")  # fmt: skip
    assert [stranger.get(f"/es/desk/{path}").status_code for path in paths] == [404] * 5
    changing = [path for path in paths if path != f"works/{work.pk}/"]
    assert [stranger.post(f"/es/desk/{path}", {"name": "x"}).status_code for path in changing] == [404] * 4
    work.refresh_from_db()
    assert work.state == "published"


@pytest.mark.usefixtures("channel")
def test_channels_tell_their_health(desk: Browser) -> None:
    Source.objects.update(health="troubled", failures=4, last_reason="status", last_status=500)
    html = desk.get("/en/desk/").content.decode()
    assert "The site answered with error 500. That happened 4 times in a row." in html
    assert "In trouble" in html


def test_the_language_of_a_channel_is_corrected(desk: Browser, channel: Source) -> None:
    answer = desk.post(f"/en/desk/channels/{channel.pk}/", {"language": "ca"})
    assert answer.headers["Location"] == f"/en/desk/channels/{channel.pk}/"
    channel.refresh_from_db()
    assert channel.language == "ca"
    assert desk.post(f"/en/desk/channels/{channel.pk}/", {"language": "xx"}).status_code == 422


def test_a_channel_is_given_up(desk: Browser, channel: Source) -> None:
    assert desk.get(f"/en/desk/channels/{channel.pk}/remove/").status_code == 200
    desk.post(f"/en/desk/channels/{channel.pk}/remove/")
    channel.refresh_from_db()
    assert channel.state == "removed"
    assert desk.get(f"/en/desk/channels/{channel.pk}/").status_code == 404


def test_proofs_and_their_state(desk: Browser, channel: Source, owner: Account, at: datetime) -> None:
    ingest.start_proof(source=channel, account=owner, method=ProofMethod.TOKEN, at=at)
    html = desk.get("/en/desk/claims/").content.decode()
    assert f'href="/en/add/{channel.pk}/#token"' in html
    assert "Not found yet" in html


def test_the_profile_is_edited(desk: Browser, creator: Creator) -> None:
    sent = {"name": "Lucía N.", "about": "Hola <b>", "website": "lucia.example", "country": "ES"}
    assert desk.post(f"/en/desk/creators/{creator.pk}/", sent).headers["Location"] == "/en/desk/"
    creator.refresh_from_db()
    told = (creator.name, creator.about, creator.website, creator.country, creator.slug)
    assert told == ("Lucía N.", "Hola <b>", "https://lucia.example", "ES", "lucia-nandu")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"website": "javascript:alert(1)"},
        {"country": "XX"},
        {"about": "x" * 2_001},
    ],
)
def test_a_wrong_profile_is_told(desk: Browser, creator: Creator, wrong: dict[str, str]) -> None:
    sent = {"name": "Lucía", "about": "", "website": "", "country": ""} | wrong
    page = desk.post(f"/en/desk/creators/{creator.pk}/", sent)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_two_creators_have_a_desk_each(desk: Browser, gather: Gather, owner: Account, at: datetime) -> None:
    other = Creator.objects.create(name="Grupo", slug="grupo", name_key="g", sort_key="zz", created_at=at)
    showcase.grant_ownership(creator=other, account=owner, method="token", at=at)
    gather()
    assert [row.title for row in desk.get("/en/desk/").context["works"]] == ["Bucles 1"]
    assert desk.get("/en/desk/?creator=grupo").context["works"] == []
    assert desk.get("/en/desk/?creator=of-somebody-else").context["creator"].slug == "lucia-nandu"


def test_many_works_come_page_by_page(desk: Browser, gather: Gather) -> None:
    for number in range(1, 23):
        gather(number)
    first = desk.get("/en/desk/")
    assert [row.title for row in first.context["works"]] == [f"Bucles {n}" for n in range(22, 2, -1)]
    second = desk.get(first.context["next"])
    assert [row.title for row in second.context["works"]] == ["Bucles 2", "Bucles 1"]
    assert [second.context["next"], second.context["first"]] == ["", "/en/desk/?creator=lucia-nandu"]
    assert desk.get("/en/desk/?before=nonsense").status_code == 200
    assert desk.get("/en/desk/?before=" + "9" * 40).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_little(desk: Browser, gather: Gather, channel: Source, count: int) -> None:
    for number in range(count):
        gather(number)
        Source.objects.create(
            owner=channel.owner, kind="feed", address="https://x.example/", feed_url=f"https://x.example/{number}",
            added_at=channel.added_at + timedelta(days=number),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        desk.get("/en/desk/")
    assert len(asked) == 8


@pytest.mark.parametrize(
    ("shelf", "titles"),
    [
        ("", ["6", "5", "4", "3", "2", "1"]),
        ("needed", ["3", "2"]),
        ("waiting", ["6", "1"]),
        ("shown", []),
        ("hidden", ["5", "4"]),
        ("nonsense", ["6", "5", "4", "3", "2", "1"]),
    ],
)
def test_works_are_sorted_by_what_they_need(
    desk: Browser, gather: Gather, shelf: str, titles: list[str]
) -> None:
    gather(1)
    declined, unknown = gather(2), gather(3)
    Publication.objects.filter(pk=declined.pk).update(declined=1)
    Publication.objects.filter(pk=unknown.pk).update(language="und")
    gather(4, state=State.WITHDRAWN)
    gather(5, state=State.SUSPENDED)
    gather(6, state=State.PENDING)
    page = desk.get(f"/en/desk/?state={shelf}")
    assert [row.title.split()[-1] for row in page.context["works"]] == titles
    assert [link.count for link in page.context["shelves"]] == [6, 2, 2, 0, 2]


def test_a_work_without_a_language_asks_for_it(desk: Browser, gather: Gather) -> None:
    work = gather(spoken_language="und", metadata_language="und")
    Publication.objects.update(language="und")
    html = desk.get("/en/desk/").content.decode()
    assert "Say which language it is in" in html
    assert f'href="/en/desk/works/{work.pk}/language/"' in html
    form = desk.get(f"/en/desk/works/{work.pk}/language/")
    assert form.status_code == 200
    answer = desk.post(f"/en/desk/works/{work.pk}/language/", {"spoken": "ca", "metadata": ""}, follow=True)
    assert "look at it now" in answer.content.decode()
    assert list(Revision.objects.order_by("number").values_list("spoken_language", "metadata_language")) == [
        ("und", "und"),
        ("ca", "ca"),
    ]
    again = desk.post(f"/en/desk/works/{work.pk}/language/", {"spoken": "ca"}, follow=True)
    assert "nothing changes" in again.content.decode()
    wrong = desk.post(f"/en/desk/works/{work.pk}/language/", {"spoken": ""})
    assert wrong.status_code == 422
    assert "Choose the language of the work." in wrong.content.decode()


def test_a_withdrawn_work_keeps_its_language(desk: Browser, gather: Gather) -> None:
    work = gather(state=State.WITHDRAWN)
    assert desk.post(f"/en/desk/works/{work.pk}/language/", {"spoken": "ca"}).status_code == 409


def test_a_team_that_is_late_is_told(desk: Browser, gather: Gather, at: datetime) -> None:
    work = gather(state=State.PENDING)
    case = moderation.open_case(subject=work.subject, revision=1, kind="intake", language="es", at=at)
    with travel(case.due_at, tick=False):
        row = desk.get("/en/desk/").context["works"][0]
    assert ["more to do than it can" in row.words, row.due_at] == [True, None]


def test_a_channel_in_trouble_is_visited_at_one_tap(desk: Browser, channel: Source) -> None:
    Source.objects.update(health="failing", failures=9, last_reason="timeout", next_poll_at=None)
    assert f'action="/en/desk/channels/{channel.pk}/visit/"' in desk.get("/en/desk/").content.decode()
    answer = desk.post(f"/en/desk/channels/{channel.pk}/visit/", follow=True)
    assert "We are visiting it now" in answer.content.decode()
    channel.refresh_from_db()
    assert channel.next_poll_at is not None
    Source.objects.update(state="gone", ended_at=channel.added_at)
    gone = desk.post(f"/en/desk/channels/{channel.pk}/visit/", follow=True)
    assert "gone for good" in gone.content.decode()
    for _ in range(4):
        desk.post(f"/en/desk/channels/{channel.pk}/visit/")
    assert desk.post(f"/en/desk/channels/{channel.pk}/visit/").status_code == 429


def test_earlier_works_may_come_after_all(desk: Browser, channel: Source, at: datetime) -> None:
    showcase.remember_wish(source=channel, since=at)
    assert "was left out" in desk.get(f"/en/desk/channels/{channel.pk}/").content.decode()
    answer = desk.post(f"/en/desk/channels/{channel.pk}/everything/", follow=True)
    assert "We are reading what was published before" in answer.content.decode()
    assert "was left out" not in answer.content.decode()
    Entry.objects.create(
        source=channel, key="1", canonical_url="https://lucia.example/1", url="https://lucia.example/1",
        title="Antes", spoken_language="es", metadata_language="es", kind="article", digest="d",
        published_at=at - timedelta(days=9), first_seen_at=at, changed_at=at,
    )  # fmt: skip
    again = desk.post(f"/en/desk/channels/{channel.pk}/everything/", follow=True)
    assert "1 earlier work came." in again.content.decode()
    Source.objects.update(kind="youtube_channel")  # and no key is set
    none = desk.post(f"/en/desk/channels/{channel.pk}/everything/", follow=True)
    assert "no earlier works that we could read" in none.content.decode()


def test_a_channel_is_given_up_for_good(desk: Browser, channel: Source) -> None:
    desk.post(f"/en/desk/channels/{channel.pk}/remove/", {"forever": "1"})
    assert showcase.is_refused(channel.feed_url)
    channel.refresh_from_db()
    assert channel.state == "removed"


@pytest.mark.parametrize("query", ["", "?state=waiting"])
def test_a_swap_of_works_equals_a_reload(desk: Browser, gather: Gather, query: str) -> None:
    for number in range(1, 23):
        gather(number)
    whole = desk.get(f"/en/desk/{query}").content.decode()
    part = desk.get(f"/en/desk/{query}", headers={"hx-request": "true"}).content.decode()
    title, _, body = part.partition("</title>\n")
    assert f"{title}</title>" in whole
    assert body.rstrip() in whole


def test_claims_of_nobody_are_invited(at: datetime) -> None:
    assert (
        "You have proved nothing yet"
        in browser_of(an_account("Nadie", at=at)).get("/en/desk/claims/").content.decode()
    )
