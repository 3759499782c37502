"""The directory and the pages of creators: found by any word of a name, proofs in words, works to take along."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection

from altavoz.core import languages
from altavoz.ingest.models import Proof, Source
from altavoz.people.models import Account
from altavoz.showcase import shaping
from altavoz.showcase.models import Creator
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish


def make(name: str, slug: str, at: datetime, **more: str) -> Creator:
    keys = {"name_key": shaping.name_key(name), "sort_key": languages.sort_key(name)}
    return Creator.objects.create(name=name, slug=slug, created_at=at, **keys, **more)


@pytest.fixture
def people(publish: Publish, at: datetime) -> None:
    publish(1, by=make("Ángela Núñez Díaz", "angela", at, country="CO"), topics=["asyncio", "pandas"])
    publish(2, by=make("山田 太郎", "yamada", at), spoken_language="ja", topics=["asyncio"])
    publish(3, by=make("ليلى حسن", "layla", at, country="EG"), spoken_language="ar", topics=[])


def found(browser: Browser, query: str) -> list[str]:
    html = browser.get(f"/en/creators/{query}").content.decode()
    return re.findall(r'work-card-title"><a href="/en/creators/([\w%-]+)/"', html)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?q=angela", ["angela"]),
        ("?q=NUNEZ", ["angela"]),
        ("?q=dia+ang", ["angela"]),
        ("?q=%E5%B1%B1%E7%94%B0", ["yamada"]),
        ("?q=%E5%A4%AA%E9%83%8E", ["yamada"]),
        ("?q=%D8%AD%D8%B3%D9%86", ["layla"]),
        ("?q=ngela", []),
        ("?q=%27%29%3A%2A%26%7C%21", ["angela", "layla", "yamada"]),
        ("?language=ja", ["yamada"]),
        ("?language=xx-nonsense", ["angela", "layla", "yamada"]),
        ("?country=EG", ["layla"]),
        ("?country=CO&language=ar", []),
        ("?country=%27", ["angela", "layla", "yamada"]),
        ("?q=hasan", []),
    ],
)
def test_creators_are_found_by_words_of_their_names(browser: Browser, query: str, slugs: list[str]) -> None:
    assert found(browser, query) == slugs


@pytest.mark.usefixtures("people")
def test_a_card_says_what_they_are_about_and_where_they_chose_to_be(browser: Browser) -> None:
    html = browser.get("/en/creators/?country=CO").content.decode()
    assert 'dir="auto">asyncio · pandas</p>' in html
    assert " · Colombia</span>" in html
    assert '<option value="CO" selected>Colombia</option>' in html
    assert '<option value="EG">Egypt</option>' in html


@pytest.mark.usefixtures("people")
def test_nobody_found_says_what_to_try(browser: Browser) -> None:
    html = browser.get("/en/creators/?q=zzz").content.decode()
    assert "Nobody found" in html
    assert 'href="/en/creators/"' in html[html.index("Nobody found") :]


@pytest.mark.usefixtures("people")
def test_names_are_looked_up_in_their_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM showcase_creator WHERE to_tsvector('simple'::regconfig, COALESCE(name_key, ''))"
            " @@ to_tsquery('simple'::regconfig, 'nun:*')"
        )
        assert "creator_words" in "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("rel_me", "Since March 14, 2026, blog.example links back to this page."),
        ("token", "On March 14, 2026 we found the code at blog.example"),
        ("dns_txt", "the domain blog.example carries a code"),
        ("podcast_txt", "feed at blog.example carries a code"),
    ],
)
def test_a_mark_says_what_was_proved_when_and_how(
    browser: Browser,
    publish: Publish,
    creator: Creator,
    person: Account,
    at: datetime,
    method: str,
    words: str,
) -> None:
    publish()
    source = Source.objects.create(
        owner=creator.subject,
        kind="feed",
        address="https://www.blog.example/",
        feed_url="https://www.blog.example/feed",
        title="El blog",
        added_at=at,
    )
    proof: dict[str, object] = {"source": source, "account": person, "token": "t", "asked_at": at}
    Proof.objects.create(**proof, method=method, state="proved", proved_at=at)
    other = "token" if method != "token" else "rel_me"
    Proof.objects.create(**proof, method=other, state="lost", proved_at=at - timedelta(days=9))
    Creator.objects.filter(pk=creator.pk).update(claimed_at=at)
    html = browser.get("/en/creators/lucia-nandu/").content.decode()
    assert words in html
    assert len(re.findall(r"<li>(?:Since|On) ", html)) == 1
    assert '<a href="https://www.blog.example/" rel="noopener" dir="auto">El blog</a>' in html


def test_a_page_nobody_claimed_has_no_mark(browser: Browser, publish: Publish) -> None:
    publish()
    html = browser.get("/en/creators/lucia-nandu/").content.decode()
    assert 'class="verified"' not in html
    assert "Nobody has claimed this page yet." in html


def test_works_go_along_as_plain_html(browser: Browser, publish: Publish) -> None:
    publish(title="<b>Asincronía</b> & más", slug="x")
    for number in range(2, 9):
        publish(number, spoken_language="ar", metadata_language="ar", title="بايثون", slug=f"s-{number}")
    html = browser.get("/fr/creators/lucia-nandu/embed/").content.decode()
    (shown,) = re.findall(r'<div class="panel preview">(.*?)</div>', html, re.DOTALL)
    (code,) = re.findall(r'<pre class="snippet"[^>]*>(.*?)</pre>', html, re.DOTALL)
    assert shown.count("<li>") == code.count("&lt;li&gt;") == 5
    assert '<a href="https://altavoz.example/fr/creators/lucia-nandu/">Lucía Ñandú' in shown
    assert "&lt;b&gt;Asincronía&lt;/b&gt; &amp; más" in shown
    assert "&amp;lt;b&amp;gt;Asincronía" in code
    assert 'lang="ar" dir="rtl">بايثون</a>' in shown
    assert "style=" not in shown
    assert browser.get("/fr/creators/nobody/embed/").status_code == 404
    assert browser.get("/fr/creators/a%00/").status_code == 404


def test_a_name_cannot_break_the_page(browser: Browser, publish: Publish, at: datetime) -> None:
    evil = '"><script>alert(1)</script>\u202eW' + "W" * 150
    publish(1, by=make(evil, "evil", at))
    for path in ("creators/", "creators/evil/", "creators/evil/embed/", "creators/?q=%22%3E%3Cscript%3E"):
        assert "<script>alert" not in browser.get(f"/ar/{path}").content.decode()
