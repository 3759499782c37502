"""Reporting: signed in at once, signed out by a link, with no puzzle and nobody's name on it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from altavoz.moderation.models import Report, UnconfirmedReport
from altavoz.showcase.models import Publication, WorkTranslation
from altavoz.showcase.states import Translating
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish
from altavoz.web.tests.people import an_account, browser_of

Deliver = Callable[..., int]


def _opened(browser: Browser, path: str) -> str:
    """Open the form and return its note of when, as somebody who takes their time sends it."""
    with time_machine.travel(datetime.now().astimezone() - timedelta(seconds=20)):
        html = browser.get(path).content.decode()
    found = re.search(r'name="opened" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def _path(work: Publication, language: str = "fr") -> str:
    return f"/{language}/report/{work.subject}/"


def _told(browser: Browser, path: str, **given: object) -> dict[str, object]:
    facts = {"clause": "spam", "note": "Minute 3", "note_language": "fr", "homepage": ""}
    return facts | {"opened": _opened(browser, path)} | given


def test_signed_in_a_report_counts_at_once(publish: Publish, at: datetime, deliver: Deliver) -> None:
    work, bea = publish(), an_account("Bea", at=at, language="fr")
    browser = browser_of(bea)
    assert 'name="email"' not in browser.get(_path(work)).content.decode()
    response = browser.post(_path(work), _told(browser, _path(work)))
    assert response.headers["Location"] == "/fr/report/thanks/"
    made = Report.objects.get()
    assert (made.reporter, made.subject, made.clause, made.note) == (bea, work.subject, "spam", "Minute 3")
    again = browser.post(_path(work), _told(browser, _path(work)))
    assert again.headers["Location"] == "/fr/report/thanks/"
    assert Report.objects.count() == 1
    deliver()
    assert [message.to for message in mail.outbox] == [["Bea <bea@altavoz.example>"]]


def test_signed_out_a_mailed_link_confirms_it(browser: Browser, publish: Publish, deliver: Deliver) -> None:
    work = publish()
    response = browser.post(
        _path(work, "ar"), _told(browser, _path(work, "ar"), email="Haru@example.org"), follow=True
    )
    assert response.redirect_chain == [("/ar/report/mailed/", 302)]
    assert (Report.objects.count(), UnconfirmedReport.objects.get().language) == (0, "ar")
    deliver()
    (sent,) = mail.outbox
    link = re.search(r"https://altavoz\.example(/ar/report/confirm/\S+)", str(sent.body))
    assert link is not None
    html = browser.get(link[1]).content.decode()  # looking at it, as mail programs do, changes nothing
    assert "Asincronía 1" in html
    assert Report.objects.count() == 0
    assert browser.post(link[1]).headers["Location"] == "/ar/report/thanks/"
    assert Report.objects.get().address == "haru@example.org"
    assert browser.post(link[1]).status_code == 409
    assert browser.get("/ar/report/confirm/made-up/").status_code == 409


def test_a_link_tells_nothing_of_what_went_meanwhile(
    browser: Browser, publish: Publish, deliver: Deliver
) -> None:
    work = publish()
    browser.post(_path(work), _told(browser, _path(work), email="haru@example.org"))
    deliver()
    link = re.search(r"https://altavoz\.example(/fr/report/confirm/\S+)", str(mail.outbox[0].body))
    assert link is not None
    Publication.objects.filter(pk=work.pk).update(state="draft", published_revision=None, basis="")
    work.revisions.update(title="Never approved")
    html = browser.get(link[1]).content.decode()
    assert ("Never approved" in html, "Minute 3" in html) == (False, True)


def test_what_is_not_visible_cannot_be_reported_and_is_not_shown(
    browser: Browser, publish: Publish, at: datetime
) -> None:
    work = publish()
    waiting = WorkTranslation.objects.create(
        publication=work,
        revision=work.revisions.get(),
        language="fr",
        title="Secret",
        made_at=at,
        changed_at=at,
    )
    hidden = publish(2)
    Publication.objects.filter(pk=hidden.pk).update(state="suspended", published_revision=None, basis="")
    for subject in (waiting.subject, hidden.subject, "showcase.creator:1", "people.account:1", "x", "a.b:1"):
        assert browser.get(f"/fr/report/{subject}/").status_code == 404
    waiting.state = Translating.SHOWN
    waiting.save()
    assert "Secret" in browser.get(f"/fr/report/{waiting.subject}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"clause": ""},
        {"clause": "made_up"},
        {"email": "nobody"},
        {"note": "x" * 2_001},
        {"opened": "made-up"},
    ],
)
def test_forms_without_sense_are_asked_again(
    browser: Browser, publish: Publish, wrong: dict[str, str]
) -> None:
    work = publish()
    told = _told(browser, _path(work), email="haru@example.org") | wrong
    response = browser.post(_path(work), told)
    assert response.status_code == 422
    assert "data-focus" in response.content.decode()
    assert UnconfirmedReport.objects.count() == 0


def test_programs_are_told_that_all_is_well(browser: Browser, publish: Publish) -> None:
    work = publish()
    told = _told(browser, _path(work), email="haru@example.org", homepage="https://spam.example/")
    assert browser.post(_path(work), told).headers["Location"] == "/fr/report/mailed/"
    assert UnconfirmedReport.objects.count() == 0


def test_who_is_quicker_than_people_are_sends_it_once_more(browser: Browser, publish: Publish) -> None:
    work = publish()
    html = browser.get(_path(work)).content.decode()
    found = re.search(r'name="opened" value="([^"]+)"', html)
    assert found is not None
    told = _told(browser, _path(work), email="haru@example.org", opened=found[1])
    answer = browser.post(_path(work), told)
    assert answer.status_code == 422
    again = re.search(r'name="opened" value="([^"]+)"', answer.content.decode())
    assert again is not None
    with time_machine.travel(datetime.now().astimezone() + timedelta(seconds=10)):
        assert browser.post(_path(work), told | {"opened": again[1]}).status_code == 302


def test_enough_is_enough(browser: Browser, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("altavoz.moderation.actions.reports_by_mail.PER_ADDRESS", 1)
    for number, status in ((1, 302), (2, 429)):
        work = publish(number)
        told = _told(browser, _path(work), email="haru@example.org")
        assert browser.post(_path(work), told).status_code == status


def test_accounts_have_a_limit_a_day_too(
    publish: Publish, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("altavoz.web.pages.reporting._PER_DAY", 1)
    browser = browser_of(an_account("Bea", at=at))
    for number, status in ((1, 302), (2, 429)):
        work = publish(number)
        assert browser.post(_path(work), _told(browser, _path(work))).status_code == status
