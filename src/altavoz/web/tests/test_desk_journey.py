"""The main job by hand, without script: add, prove, two blind approvals, seen; a change at the source; withdrawn."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.utils import timezone
from pytest_httpserver import HTTPServer

from altavoz.ingest import actions as ingest
from altavoz.ingest.models import Proof, Source
from altavoz.showcase.models import Publication
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.people import an_account, browser_of, in_team

pytestmark = pytest.mark.django_db

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Serpientes</title><link>{site}/</link>
<description>{code}</description><language>es</language><item><title>{title}</title><link>{site}/1</link>
<guid>1</guid><description>Cómo repetir sin cansarse, con ejemplos en español.</description></item></channel></rss>"""


class Blog:
    """A site of this machine whose words can be changed."""

    def __init__(self, server: HTTPServer) -> None:
        self.server, self.url = server, f"http://127.0.0.1:{server.port}"
        self.say()

    def say(self, title: str = "Bucles sin miedo", code: str = "") -> None:
        self.server.clear()
        feed = FEED.format(site=self.url, title=title, code=code)
        self.server.expect_request("/feed.xml").respond_with_data(feed, content_type="application/rss+xml")


def _visitor() -> Browser:
    """Return a browser whose server remembers no page: caches are told by commits, of which a test has none."""
    return browser_of(None)


def _approve(moderator: Browser) -> None:
    where = moderator.post("/es/moderate/next/").headers["Location"]
    assert moderator.get(where).status_code == 200
    assert moderator.post(where, {"verdict": "approve"}).headers["Location"] == "/es/moderate/"


def test_from_an_address_to_a_page_and_back(
    httpserver: HTTPServer, settings: LazySettings, deliver: Callable[..., int]
) -> None:
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    settings.ALTAVOZ_REQUIRE_MFA = False
    at, blog = timezone.now(), Blog(httpserver)
    lucia = browser_of(an_account("Lucia", at=at))
    team = [
        browser_of(in_team(an_account(name, at=at), "moderation", "es", at=at)) for name in ("Rosa", "Pere")
    ]

    # Add and prove.
    found = lucia.post("/es/add/", {"address": f"{blog.url}/feed.xml"}).headers["Location"]
    deliver()
    assert "Bucles sin miedo" in lucia.get(found).content.decode()
    lucia.post(found, {"name": "Lucía", "language": "es", "history": "listed"})
    source = Source.objects.get()
    lucia.post(f"/es/add/{source.pk}/check/", {"method": "token"})
    blog.say(code=Proof.objects.get().token)
    lucia.post(f"/es/add/{source.pk}/check/", {"method": "token"})
    deliver()

    # Seen by nobody until two have approved.
    work = Publication.objects.get()
    page = f"/ja/works/{work.pk}-bucles-sin-miedo/"
    assert "Bucles sin miedo" in lucia.get("/es/desk/").content.decode()
    _approve(team[0])
    deliver()
    assert _visitor().get(page).status_code == 404
    _approve(team[1])
    deliver()
    assert "Bucles sin miedo" in _visitor().get(page).content.decode()

    # A change at the source is checked before anybody sees it.
    blog.say(title="Bucles sin miedo, segunda vuelta", code=Proof.objects.get().token)
    ingest.poll_soon(source=source, at=timezone.now())
    deliver()
    assert "segunda vuelta" not in _visitor().get(page, follow=True).content.decode()
    case = team[0].get(team[0].post("/es/moderate/next/").headers["Location"]).content.decode()
    assert "<ins>" in case

    # Withdrawn, it is nowhere.
    lucia.post(f"/es/desk/works/{work.pk}/withdraw/")
    deliver()
    assert _visitor().get(page).status_code in {404, 410}
    assert "segunda vuelta" not in _visitor().get("/es/explore/").content.decode()
