"""The page of a work: the original first, translations for those who need them, and ways onwards."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import yaml
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from altavoz.ingest.models import Entry, Source
from altavoz.moderation import actions as moderation
from altavoz.moderation import queries as reviews
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.showcase import actions
from altavoz.showcase.models import Catalogue, Creator, Link, Publication, Revision, Topic, WorkTranslation
from altavoz.showcase.states import Translating
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish
from altavoz.web.tests.people import an_account, browser_of, in_team

Deliver = Callable[..., int]


def _page(browser: Browser, work: Publication, language: str = "es") -> str:
    assert work.published_revision is not None
    response = browser.get(f"/{language}/{work.published_revision.page}")
    assert response.status_code == 200
    return response.content.decode()


def _writer(name: str, *writes: str, at: datetime, language: str = "fr") -> Account:
    account = an_account(name, at=at, language=language)
    people.change_profile(account=account, by=account, at=at, reads=list(writes), writes=list(writes))
    return account


def _translated(work: Publication, at: datetime, **told: object) -> WorkTranslation:
    facts = {
        "publication": work, "revision": work.published_revision, "language": "fr", "title": "Asynchronie 1",
        "summary": "Comment attendre.", "state": Translating.SHOWN, "made_at": at, "changed_at": at,
    }  # fmt: skip
    return WorkTranslation.objects.create(**facts | told)


@pytest.mark.parametrize("others", [1, 3])
def test_eight_questions_whatever_hangs_on_it(
    others: int,
    browser: Browser,
    publish: Publish,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    work = publish(captions=["es"], topics=["asyncio", "datos"])
    stranger = Creator.objects.create(name="Beto", slug="beto", name_key="beto", sort_key="b", created_at=at)
    for number in range(2, 2 + others):
        publish(number)
        publish(number + 10, by=stranger)
    for language in ("fr", "ja", "ar")[:others]:
        _translated(work, at, language=language)
    with django_assert_num_queries(8):
        html = _page(browser, work, "fr")
    assert len(re.findall('class="work-card[ "]', html)) == 2 * min(others, 3)


def test_the_original_comes_first_and_the_translation_for_who_reads_it(
    browser: Browser, publish: Publish, person: Account, at: datetime
) -> None:
    work = publish()
    _translated(work, at, author=person, named=True)
    french = _page(browser, work, "fr")
    original = french.index('<h1 class="work-title" lang="es" dir="auto">Asincronía 1</h1>')
    assert original < french.index('<p class="work-translated" lang="fr" dir="auto">Asynchronie 1</p>')
    assert "<bdi>Ana</bdi>" in french
    folded = french[french.index('<details class="fold work-original"') :]
    assert "Cómo esperar sin bloquear." in folded[: folded.index("</details>")]
    for language in ("es", "ja"):  # whoever reads the original, and whoever reads neither
        shown = _page(browser, work, language)
        assert "Asynchronie 1" not in shown
        assert f'<a href="/fr/works/{work.pk}-asincronia-1/" lang="fr">Français</a>' in shown


def test_readers_get_the_language_they_read(publish: Publish, at: datetime) -> None:
    work = publish()
    _translated(work, at)
    reads_french = browser_of(_writer("Bea", "fr", at=at))
    reads_both = browser_of(_writer("Luc", "fr", "es", at=at))
    assert "Asynchronie 1" in _page(reads_french, work, "ja")
    assert "Asynchronie 1" not in _page(reads_both, work, "ja")
    assert "Asynchronie 1" in _page(reads_both, work, "fr")


def test_a_translation_of_older_words_says_so(browser: Browser, publish: Publish, at: datetime) -> None:
    work = publish(summary="")
    older = Revision.objects.create(
        publication=work, number=2, digest="2", created_at=at, kind="video", title="Otro título", slug="x",
        metadata_language="es", spoken_language="es", url="https://x.example/",
    )  # fmt: skip
    _translated(work, at, revision=older, summary="")
    html = _page(browser, work, "fr")
    assert "<strong>" in html[html.index("work-translated") :]
    assert '<details class="fold work-original"' not in html  # there is no summary to show


def test_a_translation_that_arrives_is_shown_at_once(
    browser: Browser,
    publish: Publish,
    at: datetime,
    deliver: Deliver,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    work = publish()
    before = _page(browser, work, "fr")
    made = actions.offer_translation(
        publication=work, revision=1, language="fr", title="Asynchronie", summary="", named=False,
        by=_writer("Bea", "fr", at=at), at=at,
    )  # fmt: skip
    assert _page(browser, work, "fr") == before
    with django_capture_on_commit_callbacks(execute=True):
        actions.show_translation(subject=made.subject, at=at)
        deliver()
    assert "Asynchronie" in _page(browser, work, "fr")


def test_only_the_players_own_origin_is_opened(browser: Browser, publish: Publish) -> None:
    opened = {
        "https://vimeo.com/123456789": "frame-src https://player.vimeo.com",
        "https://archive.org/details/charla": "frame-src https://archive.org",
        "https://tube.example/w/abcdefgh": "frame-src https://tube.example",
        "https://blog.example/1/": "frame-src 'none'",
    }
    for number, (url, policy) in enumerate(opened.items(), 1):
        work = publish(number, url=url)
        response = browser.get(f"/es/works/{work.pk}-asincronia-{number}/")
        assert policy in response.headers["Content-Security-Policy"]
    heard = publish(
        9, url="https://p.example/9", media_url="https://cdn.example/9.mp3", media_type="audio/mpeg"
    )
    response = browser.get(f"/es/works/{heard.pk}-asincronia-9/")
    assert "media-src https://cdn.example" in response.headers["Content-Security-Policy"]
    assert 'data-embed-kind="audio"' in response.content.decode()


def test_captions_lead_to_the_words_where_the_reviewed_work_lies(
    browser: Browser, publish: Publish, at: datetime
) -> None:
    work = publish(url="https://pod.example/1", captions=["es", "en", "fr"])
    source = Source.objects.create(
        kind="podcast", address="https://pod.example/", feed_url="https://pod.example/f", added_at=at
    )
    told = [
        {"url": "https://pod.example/1.es.vtt", "type": "text/vtt", "language": "es"},
        {"url": "https://evil.example/1.en.vtt", "type": "text/vtt", "language": "en"},
        {"url": "javascript:alert(1)", "type": "text/vtt", "language": "fr"},
        {"url": "https://pod.example/1.ja.vtt", "type": "text/vtt", "language": "ja"},
    ]
    entry = Entry.objects.create(
        source=source, key="1", kind="podcast", spoken_language="es", metadata_language="es", digest="d",
        extra={"transcripts": told}, first_seen_at=at, changed_at=at,
    )  # fmt: skip
    Link.objects.create(entry_id=entry.pk, publication=work, reason=Link.Reason.FIRST)
    html = _page(browser, work)
    assert '<a href="https://pod.example/1.es.vtt" lang="es">Español</a>' in html
    assert '<span lang="en">English</span>' in html
    assert [trace for trace in ("evil.example", "javascript:", "ja.vtt") if trace in html] == []


def test_topics_level_licence_and_catalogue_are_said(
    browser: Browser, publish: Publish, at: datetime
) -> None:
    Topic.objects.create(slug="datos", labels={"fr": "Données"})
    work = publish(topics=["datos", "sin-nombre"], licence="CC BY 4.0")
    source = Source.objects.create(
        kind="catalogue", address="https://t.example/", feed_url="https://t.example/", added_at=at
    )
    catalogue = Catalogue.objects.create(
        slug="t", name="Archivo <de> charlas", url="https://t.example/", source=source
    )
    Publication.objects.filter(pk=work.pk).update(level="beginner", catalogue=catalogue)
    html = _page(browser, work, "fr")
    assert re.search(r'href="/fr/explore/\?topic=datos"[^>]*>Données<', html)
    assert re.search(r'href="/fr/explore/\?topic=sin-nombre"[^>]*>sin nombre<', html)
    assert "CC BY 4.0" in html
    assert "Archivo &lt;de&gt; charlas" in html
    assert "beginner" not in html


def test_related_works_are_by_others(browser: Browser, publish: Publish, at: datetime) -> None:
    work = publish(title="Asincronía con asyncio")
    other = Creator.objects.create(name="Beto", slug="beto", name_key="beto", sort_key="b", created_at=at)
    publish(2, title="Más asincronía con asyncio", slug="mas")
    publish(3, title="Esperar con asyncio", slug="esperar", by=other)
    html = _page(browser, work)
    more, related = html.index('id="more"'), html.index('id="related"')
    assert more < html.index("Más asincronía con asyncio</") < related
    assert html.index("Esperar con asyncio</") > related


def test_citations_are_files(browser: Browser, publish: Publish) -> None:
    work = publish(title="Bucles & más")
    bib = browser.get(f"/fr/works/{work.pk}/cite.bib")
    assert bib.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib.headers["Content-Disposition"] == f'attachment; filename="altavoz-{work.pk}.bib"'
    assert '  author = "{Lucía Ñandú}",\n  title = "{Bucles \\& más}",\n' in bib.content.decode()
    cff = browser.get(f"/fr/works/{work.pk}/cite.cff")
    assert cff.headers["Content-Type"] == "application/yaml; charset=utf-8"
    assert yaml.safe_load(cff.content)["authors"] == [{"name": "Lucía Ñandú"}]
    assert browser.get("/fr/works/99999/cite.bib").status_code == 404


def test_the_date_of_what_is_still_to_come(browser: Browser, publish: Publish, at: datetime) -> None:
    starts = datetime.now(at.tzinfo).replace(microsecond=0) + timedelta(days=3)
    work = publish(kind="live", starts_at=starts, duration_s=5_400)
    assert f"/es/works/{work.pk}/calendar.ics" in _page(browser, work)
    response = browser.get(f"/es/works/{work.pk}/calendar.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    event: Any = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert (str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt) == (
        f"publication-{work.pk}@altavoz.example", starts, starts + timedelta(minutes=90),
    )  # fmt: skip
    assert str(event["SUMMARY"]) == "Asincronía 1"
    past = publish(2, kind="live", starts_at=at)
    assert "calendar.ics" not in _page(browser, past)
    never = publish(3)
    assert browser.get(f"/es/works/{never.pk}/calendar.ics").status_code == 404


def test_sharing_asks_nobody_before_a_click(browser: Browser, publish: Publish) -> None:
    work = publish(title='Comillas " & <más>')
    html = _page(browser, work)
    address = f"https%3A%2F%2Faltavoz.example%2Fes%2Fworks%2F{work.pk}-asincronia-1%2F"
    assert (
        f'href="https://t.me/share/url?url={address}&amp;text=Comillas%20%22%20%26%20%3Cm%C3%A1s%3E"' in html
    )
    assert "mailto:?subject=Comillas%20%22" in html
    assert f'value="https://altavoz.example/es/works/{work.pk}-asincronia-1/"' in html


def test_moderators_see_a_translation_beside_its_original(
    publish: Publish, at: datetime, settings: object
) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False  # type: ignore[attr-defined]  # pytest-django's
    work = publish()
    actions.offer_translation(
        publication=work, revision=1, language="fr", title="Asynchronie", summary="Attendre.", named=False,
        by=_writer("Bea", "fr", at=at), at=at,
    )  # fmt: skip
    moderator = in_team(an_account("Zoe", at=at, language="fr"), "moderation", "fr", at=at)
    lease = moderation.claim(by=moderator, at=datetime.now(at.tzinfo))
    assert lease is not None
    html = browser_of(moderator).get(f"/fr/moderate/cases/{lease.token}/").content.decode()
    assert 'lang="fr" dir="ltr">Asynchronie</h1>' in html
    assert 'lang="es" dir="auto">Asincronía 1</p>' in html
    assert reviews.desk_state(moderator, at).held
