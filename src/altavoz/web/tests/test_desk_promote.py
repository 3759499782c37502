"""The promotion desk: channels, the week, and what only a person can settle; with an imitated network."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from altavoz.people.models import Account
from altavoz.promotion import actions
from altavoz.promotion.actions import Rhythm
from altavoz.promotion.channels.contract import Limits, Probe
from altavoz.promotion.channels.mastodon.fake.server import Server, running
from altavoz.promotion.channels.mastodon.fake.state import World
from altavoz.promotion.models import Channel, Post
from altavoz.promotion.states import PostState
from altavoz.showcase.models import Creator, Publication
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.people import an_account, browser_of, in_team

pytestmark = pytest.mark.django_db

Plan = Callable[..., Post]


@pytest.fixture(autouse=True)
def _then(at: datetime, settings: LazySettings) -> Iterator[None]:
    settings.ALTAVOZ_REQUIRE_MFA = False
    with travel(at, tick=False):
        yield


@pytest.fixture
def network(settings: LazySettings) -> Iterator[Server]:
    with running(World(accounts={"secret": "altavoz", "other": "otra"})) as server:
        settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{server.server_address[1]}"]
        yield server


@pytest.fixture
def paula(at: datetime) -> Account:
    return in_team(an_account("Paula", at=at), "promotion", "es", at=at)


@pytest.fixture
def desk(paula: Account) -> Browser:
    return browser_of(paula)


def _connect(at: datetime, **options: object) -> Channel:
    given: dict[str, object] = {"languages": ("es",), "handle": "@altavoz@fake.example"} | options
    return actions.connect_channel(
        network="mastodon",
        address="https://fake.example",
        credentials={"token": "secret"},
        probe=Probe(handle=str(given["handle"]), options={"account_id": "1"}, limits=Limits()),
        languages=given["languages"],  # type: ignore[arg-type]
        rhythm=Rhythm(hold_minutes=0, approval="promoter", slots_per_day=24),
        by=None,
        at=at,
    )


@pytest.fixture
def channel(at: datetime) -> Channel:
    return _connect(at)


@pytest.fixture
def plan(channel: Channel, publish: Callable[..., Publication], creator: Creator, at: datetime) -> Plan:
    """Publish a work and give it a slot; then let its post be in some state."""

    def make(number: int = 1, **state: object) -> Post:
        work = publish(number)
        actions.offer(subject=work.subject, revision=1, language="es", creator=creator.subject, at=at)
        actions.plan_channel(channel_id=channel.pk, at=at)
        Post.objects.filter(subject=work.subject).update(**state)
        return Post.objects.get(subject=work.subject)

    return make


def _unknown(at: datetime) -> dict[str, object]:
    return {
        "state": PostState.UNKNOWN, "next_at": None, "link": "https://altavoz.example/es/works/1-x/",
        "text": "Hola", "tried_at": at, "tries": 1,
    }  # fmt: skip


def test_strangers_sign_in_first(browser: Browser) -> None:
    for path in ("", "posts/", "posts/1/", "channels/connect/", "channels/1/"):
        assert browser.get(f"/es/promote/{path}").headers["Location"].startswith("/es/account/login/?next=")


def test_who_is_in_no_team_is_told_so(at: datetime) -> None:
    outsider = browser_of(in_team(an_account("Otto", at=at), "moderation", "es", at=at))
    paths = ("", "posts/", "posts/1/", "channels/connect/", "channels/1/")
    assert [outsider.get(f"/es/promote/{path}").status_code for path in paths] == [403] * 5
    steps = ("posts/1/approve/", "channels/1/pause/", "channels/1/resume/")
    assert [outsider.post(f"/es/promote/{path}").status_code for path in steps] == [403] * 3


def test_another_language_is_not_theirs(plan: Plan, channel: Channel, at: datetime) -> None:
    post = plan()
    other = browser_of(in_team(an_account("Jun", at=at), "promotion", "ja", at=at))
    assert other.get(f"/ja/promote/posts/{post.pk}/").status_code == 404
    assert other.post(f"/ja/promote/posts/{post.pk}/approve/").status_code == 404
    assert other.get(f"/ja/promote/channels/{channel.pk}/").status_code == 404
    assert other.post(f"/ja/promote/channels/{channel.pk}/pause/").status_code == 404
    assert other.get("/ja/promote/?language=es").context["language"] == "ja"
    post.refresh_from_db()
    assert post.state == "planned"


def test_an_empty_desk_invites(desk: Browser) -> None:
    html = desk.get("/en/promote/").content.decode()
    assert "No account is connected" in html
    assert "Nothing is planned" in html
    assert "No posts yet" in desk.get("/en/promote/posts/").content.decode()


def test_the_week_by_day_with_a_yes_to_give(desk: Browser, plan: Plan) -> None:
    post = plan()
    html = desk.get("/en/promote/").content.decode()
    assert "It goes out when a promoter approves it." in html
    assert f'action="/en/promote/posts/{post.pk}/approve/"' in html
    answer = desk.post(f"/en/promote/posts/{post.pk}/approve/", follow=True)
    assert "Approved. It goes out at its time." in answer.content.decode()
    assert desk.post(f"/en/promote/posts/{post.pk}/approve/").status_code == 409


def test_the_text_is_shown_as_the_network_gets_it(desk: Browser, plan: Plan) -> None:
    html = desk.get(f"/en/promote/posts/{plan().pk}/").content.decode()
    assert "Asincronía 1\n" in html
    assert "https://altavoz.example/es/works/" in html


def test_leaving_out_needs_a_reason(desk: Browser, plan: Plan) -> None:
    post = plan()
    assert desk.post(f"/en/promote/posts/{post.pk}/skip/", {"reason": "  "}).status_code == 422
    desk.post(f"/en/promote/posts/{post.pk}/skip/", {"reason": "Schon <gezeigt>"})
    html = desk.get(f"/en/promote/posts/{post.pk}/").content.decode()
    assert "Left out on" in html
    assert "Schon &lt;gezeigt&gt;" in html


def test_an_unknown_post_asks_a_person(desk: Browser, plan: Plan, at: datetime) -> None:
    post = plan(**_unknown(at))
    assert "Perhaps on" in desk.get("/en/promote/").content.decode()
    where = "https://fake.example/@altavoz/1122334455"
    answer = desk.post(f"/en/promote/posts/{post.pk}/found/", {"address": where}, follow=True)
    assert where in answer.content.decode()
    post.refresh_from_db()
    assert [post.state, post.remote_id, post.remote_url] == ["sent", "1122334455", where]


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "https://evil.example/@altavoz/1", "https://fake.example/", "https://fake.example/a/..",
     "https://fake.example/@x/%2e%2e%2faccounts", "https://fake.example/@x/1?../2#/x y"],
)  # fmt: skip
def test_a_wrong_address_of_a_post_is_told(desk: Browser, plan: Plan, at: datetime, address: str) -> None:
    post = plan(**_unknown(at))
    page = desk.post(f"/en/promote/posts/{post.pk}/found/", {"address": address})
    post.refresh_from_db()
    assert [page.status_code, post.state] == [422, "unknown"]


def test_a_post_that_is_not_there_goes_out_in_its_turn(desk: Browser, plan: Plan, at: datetime) -> None:
    post = plan(**_unknown(at))
    desk.post(f"/en/promote/posts/{post.pk}/missing/")
    post.refresh_from_db()
    assert post.state == "approved"


def test_a_failed_post_is_sent_after_all(desk: Browser, plan: Plan) -> None:
    post = plan(state=PostState.FAILED, trouble="refused", next_at=None)
    assert "The network refused the post" in desk.get("/en/promote/").content.decode()
    desk.post(f"/en/promote/posts/{post.pk}/retry/")
    post.refresh_from_db()
    assert post.state == "approved"


def test_what_could_not_be_undone_is_listed_with_its_address(desk: Browser, plan: Plan, at: datetime) -> None:
    where = "https://fake.example/@altavoz/9"
    plan(state=PostState.LEFT_BEHIND, remote_id="9", remote_url=where, sent_at=at, next_at=None)
    html = desk.get("/en/promote/").content.decode()
    assert "could not take it back" in html
    assert f'href="{where}"' in html
    assert "1 could not be undone" in html


def test_an_unheard_of_step_is_nowhere(desk: Browser, plan: Plan) -> None:
    assert desk.post(f"/en/promote/posts/{plan().pk}/publish/").status_code == 404
    assert desk.get(f"/en/promote/posts/{plan(2).pk}/approve/").status_code == 405


def test_pausing_and_resuming(desk: Browser, channel: Channel) -> None:
    here = f"/en/promote/channels/{channel.pk}/"
    assert desk.post(f"{here}resume/").status_code == 409
    assert "A promoter has paused this channel." in desk.post(f"{here}pause/", follow=True).content.decode()
    assert desk.post(f"{here}pause/").status_code == 409
    assert "This channel works." in desk.post(f"{here}resume/", follow=True).content.decode()


def test_the_rhythm_is_changed(desk: Browser, channel: Channel) -> None:
    here = f"/en/promote/channels/{channel.pk}/"
    sent = {"slots_per_day": 3, "hold_minutes": 45, "quiet_from": "22:00", "quiet_until": "07:00",
            "time_zone": "America/Bogota", "approval": "automatic"}  # fmt: skip
    assert desk.post(here, sent).headers["Location"] == here
    channel.refresh_from_db()
    assert [channel.slots_per_day, channel.time_zone, channel.approval] == [3, "America/Bogota", "automatic"]
    assert desk.post(here, sent | {"quiet_until": ""}).status_code == 422


RHYTHM = {"slots_per_day": 4, "hold_minutes": 30, "time_zone": "UTC", "approval": "automatic"}


def test_an_account_is_tried_before_it_is_kept(desk: Browser, network: Server) -> None:
    assert desk.get("/en/promote/channels/connect/").status_code == 200
    sent = {"server": network.address, "token": "secret", "languages": ["es"]} | RHYTHM
    answer = desk.post("/en/promote/channels/connect/", sent)
    channel = Channel.objects.get()
    assert answer.headers["Location"] == f"/en/promote/channels/{channel.pk}/"
    assert "secret" not in channel.credentials
    again = desk.post("/en/promote/channels/connect/", sent)
    assert again.status_code == 422
    assert "This account is connected already." in again.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"token": "stolen"}, "The network no longer accepts our access."),
        ({"server": "http://127.0.0.1:1"}, ""),
        ({"server": "ftp://x"}, "This is not the name of a server."),
        ({"token": ""}, ""),
        ({"languages": ["ja"]}, ""),
        ({"slots_per_day": 0}, ""),
    ],
)
def test_what_cannot_be_connected_is_told(
    desk: Browser, network: Server, wrong: dict[str, object], words: str
) -> None:
    sent = {"server": network.address, "token": "secret", "languages": ["es"]} | RHYTHM | wrong
    page = desk.post("/en/promote/channels/connect/", sent)
    html = page.content.decode()
    assert page.status_code == 422
    assert 'role="alert"' in html
    assert words in html
    assert 'value="secret"' not in html
    assert not Channel.objects.exists()


def test_a_channel_that_was_shut_out_takes_a_new_token(
    desk: Browser, network: Server, channel: Channel
) -> None:
    handle = f"@altavoz@127.0.0.1:{network.server_address[1]}"
    Channel.objects.update(address=network.address, handle=handle, state="paused", trouble="auth")
    here = f"/en/promote/channels/{channel.pk}/"
    assert "Connect the account again" in desk.get(here).content.decode()
    assert desk.post(f"{here}resume/", {"token": "stolen"}).status_code == 422
    assert desk.post(f"{here}resume/", {"token": "other"}).status_code == 409
    assert desk.post(f"{here}resume/", {"token": "secret"}).headers["Location"] == here
    channel.refresh_from_db()
    assert [channel.state, channel.trouble] == ["active", ""]


def test_all_posts_come_page_by_page(desk: Browser, plan: Plan, at: datetime) -> None:
    first = plan()
    for number in range(2, 29):
        values = {"subject": f"showcase.publication:{900 + number}", "due_at": at + timedelta(days=number)}
        Post.objects.create(
            channel=first.channel, revision=1, language="es", creator="x", state="approved", **values
        )
    page = desk.get("/en/promote/posts/")
    assert len(page.context["rows"]) == 25
    assert "A work that is not here any more" in page.content.decode()
    rest = desk.get(page.context["next"])
    assert [len(rest.context["rows"]), rest.context["next"]] == [3, ""]


def test_two_languages_have_a_desk_each(desk: Browser, paula: Account, at: datetime) -> None:
    in_team(paula, "promotion", "ar", at=at)
    _connect(at, languages=("ar",), handle="@ar@fake.example")
    html = desk.get("/en/promote/?language=ar").content.decode()
    assert "@ar@fake.example" in html
    assert 'href="/en/promote/?language=es"' in html
    assert "@ar@fake.example" not in desk.get("/en/promote/?language=es").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_little(desk: Browser, plan: Plan, count: int) -> None:
    for number in range(1, count + 1):
        plan(number)
    with CaptureQueriesContext(connection) as overview:
        desk.get("/en/promote/")
    with CaptureQueriesContext(connection) as history:
        desk.get("/en/promote/posts/")
    assert [len(overview), len(history)] == [9, 8]
