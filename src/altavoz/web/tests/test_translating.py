"""The page on which people translate what is said about a work."""

from datetime import datetime

from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.showcase import actions
from altavoz.showcase.models import Creator, Publication, Revision, WorkTranslation
from altavoz.showcase.states import Translating
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish
from altavoz.web.tests.people import an_account, browser_of


def _writer(name: str, *writes: str, at: datetime) -> Account:
    account = an_account(name, at=at, language="fr")
    people.change_profile(account=account, by=account, at=at, reads=list(writes), writes=list(writes))
    return account


def _path(work: Publication) -> str:
    return f"/fr/works/{work.pk}-asincronia-1/translate/"


def _told(**given: object) -> dict[str, object]:
    return {
        "revision": 1,
        "language": "fr",
        "title": "Asynchronie",
        "summary": "Attendre.",
        "named": "on",
    } | given


def test_strangers_sign_in_first(browser: Browser, publish: Publish) -> None:
    response = browser.get(_path(publish()))
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_the_original_stands_beside_the_form(publish: Publish, at: datetime) -> None:
    work = publish()
    browser = browser_of(_writer("Bea", "es", "fr", "ja", at=at))
    html = browser.get(_path(work)).content.decode()
    assert 'lang="es" dir="auto">Asincronía 1</p>' in html
    assert '<option value="fr" selected lang="fr" dir="ltr">Français</option>' in html
    assert 'value="es"' not in html[html.index("<select") : html.index("</select>")]
    assert browser.get(_path(work).replace("asincronia-1", "otra")).headers["Location"] == _path(work)
    assert browser.get("/fr/works/99999-x/translate/").status_code == 404


def test_what_is_sent_waits_for_review_and_can_be_taken_back(publish: Publish, at: datetime) -> None:
    work = publish()
    browser = browser_of(_writer("Bea", "fr", at=at))
    response = browser.post(_path(work), _told(), follow=True)
    assert response.redirect_chain == [(_path(work), 302)]
    made = WorkTranslation.objects.get()
    assert (made.title, made.summary, made.named, made.state) == ("Asynchronie", "Attendre.", True, "offered")
    html = response.content.decode()
    assert 'value="Asynchronie"' in html  # to be corrected
    assert browser.post(f"/fr/translations/{made.pk}/remove/").status_code == 302
    made.refresh_from_db()
    assert made.state == Translating.REMOVED
    assert browser.post(f"/fr/translations/{made.pk}/remove/").status_code == 409


def test_who_writes_no_other_language_is_told_where_to_say_so(publish: Publish, at: datetime) -> None:
    work = publish()
    browser = browser_of(_writer("Bea", "es", at=at))
    assert "/fr/settings/" in browser.get(_path(work)).content.decode()
    assert browser.post(_path(work), _told()).status_code == 422
    assert WorkTranslation.objects.count() == 0


def test_what_changed_meanwhile_is_shown_before_it_is_sent_again(publish: Publish, at: datetime) -> None:
    work = publish()
    newer = Revision.objects.create(
        publication=work, number=2, digest="2", created_at=at, kind="video", title="Título nuevo",
        slug="asincronia-1", metadata_language="es", spoken_language="es", url="https://x.example/",
    )  # fmt: skip
    Publication.objects.update(published_revision=newer, newest=2)
    browser = browser_of(_writer("Bea", "fr", at=at))
    response = browser.post(_path(work), _told())
    html = response.content.decode()
    assert response.status_code == 422
    assert "Título nuevo" in html
    assert 'name="revision" value="2"' in html
    assert 'value="Asynchronie"' in html
    assert browser.post(_path(work), _told(revision=2)).status_code == 302


def test_forms_without_sense_are_refused(publish: Publish, at: datetime) -> None:
    work = publish()
    browser = browser_of(_writer("Bea", "fr", at=at))
    for wrong in (
        {"title": " "},
        {"language": "ja"},
        {"language": "xx"},
        {"revision": "x"},
        {"title": "x" * 5_000},
    ):
        assert browser.post(_path(work), _told(**wrong)).status_code == 422
    assert WorkTranslation.objects.count() == 0


def test_a_creator_takes_away_what_others_wrote_of_their_work_and_strangers_do_not(
    publish: Publish, creator: Creator, at: datetime
) -> None:
    work = publish()
    made = actions.offer_translation(
        publication=work, revision=1, language="fr", title="Asynchronie", summary="", named=True,
        by=_writer("Bea", "fr", at=at), at=at,
    )  # fmt: skip
    actions.show_translation(subject=made.subject, at=at)
    owner, stranger = _writer("Lucia", "es", at=at), _writer("Luc", "fr", at=at)
    actions.grant_ownership(creator=creator, account=owner, method="token", at=at)
    remove = f"/fr/translations/{made.pk}/remove/"
    assert remove not in browser_of(stranger).get(_path(work)).content.decode()
    assert browser_of(stranger).post(remove).status_code == 404
    assert browser_of(owner).get(remove).status_code == 405
    assert remove in browser_of(owner).get(_path(work)).content.decode()
    assert browser_of(owner).post(remove).headers["Location"] == f"/fr/works/{work.pk}-asincronia-1/"
    made.refresh_from_db()
    assert made.state == Translating.REMOVED
