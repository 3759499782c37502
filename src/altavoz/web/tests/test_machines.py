"""What machines read: feeds, sitemaps, robots, manifest, security contact, headers."""

import json
from datetime import datetime

import feedparser
import pytest
from django.conf import LazySettings
from lxml import etree

from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feeds_carry_what_the_same_filters_show(browser: Browser, publish: Publish, kind: str) -> None:
    work = publish()
    publish(2, spoken_language="ar", metadata_language="ar", title="بايثون", slug="b")
    response = browser.get(f"/feeds/{kind}/?language=es")
    found = feedparser.parse(response.content)
    assert not found.bozo
    assert [entry.title for entry in found.entries] == ["Asincronía 1"]
    assert found.entries[0].link == f"https://altavoz.example/es/works/{work.pk}-asincronia-1/"
    assert response.headers["Content-Type"].startswith(f"application/{kind}+xml")


def test_json_feed_says_the_language_of_each_work(browser: Browser, publish: Publish) -> None:
    work = publish(
        media_url="https://cdn.example/1.mp3",
        media_type="audio/mpeg",
        url="https://pod.example/1",
        kind="podcast",
    )
    publish(2, spoken_language="sw", metadata_language="sw", title="Habari", slug="h")
    feed = json.loads(browser.get("/feeds/json/").content)
    assert [(item["title"], item["language"]) for item in feed["items"]] == [
        ("Asincronía 1", "es"),
        ("Habari", "sw"),
    ]
    assert feed["items"][0]["id"] == f"tag:altavoz.example,2026-01-01:publication/{work.pk}"
    assert feed["items"][0]["attachments"][0]["url"] == "https://cdn.example/1.mp3"
    assert feed["items"][1]["url"].startswith("https://altavoz.example/en/works/")


def test_a_long_feed_goes_on(browser: Browser, publish: Publish) -> None:
    for number in range(52):
        publish(number)
    first = feedparser.parse(browser.get("/feeds/atom/?language=es").content)
    (older,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = feedparser.parse(browser.get(older.removeprefix("https://altavoz.example")).content)
    assert (len(first.entries), len(second.entries)) == (50, 2)


@pytest.mark.django_db
def test_an_empty_feed_is_a_feed(browser: Browser) -> None:
    assert feedparser.parse(browser.get("/feeds/atom/?q=nothing").content).bozo is False
    assert browser.get("/feeds/other/").status_code == 404


def test_opml_lists_a_feed_per_language(browser: Browser, publish: Publish) -> None:
    publish()
    publish(2, spoken_language="ar")
    tree = etree.fromstring(browser.get("/feeds/opml/").content)
    addresses = sorted(tree.xpath("//outline/@xmlUrl"))
    root = "https://altavoz.example/feeds/atom/"
    assert addresses == [f"{root}?language=ar", f"{root}?language=es"]
    one = etree.fromstring(browser.get("/feeds/opml/?language=sw").content)
    assert one.xpath("//outline/@xmlUrl") == [f"{root}?language=sw"]
    assert one.xpath("//outline/@htmlUrl") == ["https://altavoz.example/en/languages/sw/"]


def test_opml_keeps_every_filter(browser: Browser, publish: Publish) -> None:
    publish(kind="podcast")
    publish(2, spoken_language="ar", topics=["web"])
    publish(3, spoken_language="fr", kind="podcast", topics=["web"])
    publish(4, spoken_language="und", kind="podcast", topics=["web"])
    tree = etree.fromstring(browser.get("/feeds/opml/?kind=podcast&topic=web&captions=0").content)
    query = "?language=fr&kind=podcast&topic=web"
    assert tree.xpath("//outline/@xmlUrl") == [f"https://altavoz.example/feeds/atom/{query}"]
    assert tree.xpath("//outline/@htmlUrl") == [f"https://altavoz.example/fr/explore/{query}"]
    assert tree.xpath("//head/title/text()") == ["Altavoz · podcast · web"]


def test_feeds_have_all_that_their_formats_require(browser: Browser, publish: Publish) -> None:
    publish()
    atom = etree.fromstring(browser.get("/feeds/atom/?language=es").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    for path in ("a:id", "a:title", "a:updated", "a:link[@rel='self']", "a:entry/a:id", "a:entry/a:updated"):
        assert len(atom.xpath(path, namespaces=space)) == 1
    assert atom.xpath("a:entry/a:author/a:name", namespaces=space)
    assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    rss = etree.fromstring(browser.get("/feeds/rss/?language=es").content)
    assert rss.get("version") == "2.0"
    for path in ("channel/title", "channel/link", "channel/description", "channel/language"):
        assert len(rss.xpath(path)) == 1
    assert rss.xpath("channel/item/guid/@isPermaLink") == ["false"]


@pytest.mark.django_db
def test_robots(browser: Browser) -> None:
    text = browser.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: *\n")
    for closed in ("account", "add", "desk", "moderate", "promote", "report", "settings"):
        assert f"Disallow: /ja/{closed}/\n" in text
    assert text.endswith("Sitemap: https://altavoz.example/sitemap.xml\n")


@pytest.mark.parametrize(("code", "direction"), [("es", "ltr"), ("ar", "rtl"), ("pt-br", "ltr")])
def test_manifest(browser: Browser, code: str, direction: str) -> None:
    response = browser.get(f"/{code}/manifest.webmanifest")
    told = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["dir"], told["id"]) == (f"/{code}/", direction, "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert all(b"".join(browser.get(icon["src"])) for icon in told["icons"])
    assert [shortcut["url"] for shortcut in told["shortcuts"]] == [
        f"/{code}/explore/",
        f"/{code}/languages/",
        f"/{code}/add/",
    ]
    assert browser.get("/favicon.ico").headers["Location"] == "/static/web/icon.svg"


def test_security_contact_does_not_expire_soon(browser: Browser, settings: LazySettings) -> None:
    settings.ALTAVOZ_SECURITY_CONTACT = "mailto:security@altavoz.example"
    lines = dict(
        line.split(": ", 1)
        for line in browser.get("/.well-known/security.txt").content.decode().split("\n")[:-1]
    )
    assert lines["Contact"] == "mailto:security@altavoz.example"
    assert lines["Canonical"] == "https://altavoz.example/.well-known/security.txt"
    assert datetime.fromisoformat(lines["Expires"]).hour == 0


def test_no_page_gives_browsers_more_power_than_it_needs(browser: Browser, publish: Publish) -> None:
    publish()
    headers = browser.get("/es/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-src 'none'" in policy
    assert headers["Permissions-Policy"].startswith("browsing-topics=(), camera=()")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_first_visit_is_light(browser: Browser, publish: Publish) -> None:
    for number in range(24):
        publish(number)
    page = browser.generic("GET", "/es/explore/", headers={"Accept-Encoding": "gzip"})
    scripts = [
        b"".join(browser.get(f"/static/web/{name}")) for name in ("htmx.min.js", "altavoz.js", "theme.js")
    ]
    style = b"".join(browser.get("/static/web/altavoz.css"))
    icons = b"".join(browser.get("/static/web/icons.svg"))
    script_weight = sum(weight(one) for one in scripts)
    assert script_weight <= 20_000
    assert len(page.content) + script_weight + weight(style) + weight(icons) <= 60_000


def weight(data: bytes) -> int:
    import gzip

    return len(gzip.compress(data, 9))
