"""Suggestions without an account: confirmed by mail, within limits, forgotten in time, and declined by creators."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import translation

from altavoz.ingest.actions import KnownSourceError
from altavoz.ingest.discovery import Found
from altavoz.ingest.models import Source
from altavoz.ingest.states import SourceKind
from altavoz.people.actions import erase, export
from altavoz.showcase import actions, tasks
from altavoz.showcase.actions import SuggestionRefusedError
from altavoz.showcase.actions.suggesting import token_of
from altavoz.showcase.models import Creator, Refusal, Suggestion, Wish
from altavoz.showcase.tests.builders import a_channel, a_creator, an_account

pytestmark = pytest.mark.django_db
PAGE = "https://altavoz.example/es/add/confirm/"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Words are compared as they are written in the code."""
    with translation.override("en"):
        yield


def _found(slug: str = "lucia", host: str = "") -> Found:
    address = f"https://{host or slug + '.example.org'}/{slug}/"
    return Found(
        kind=SourceKind.FEED,
        address=address,
        feed_url=address + "feed.xml",
        title="Compra ya https://spam.example",
    )


def _suggest(at: datetime, found: Found | None = None, **given: Any) -> Suggestion:
    asked = {
        "name": "Lucía",
        "wish": {},
        "email": "Ana@Example.org",
        "client": "c",
        "page": PAGE,
        "language": "es",
    } | given
    return actions.suggest(found=found or _found(), at=at, **asked)


def test_it_waits_for_the_mail_to_be_answered(
    at: datetime, deliver: Callable[..., int], mailoutbox: list[EmailMessage]
) -> None:
    row = _suggest(at)
    deliver()
    [message] = mailoutbox
    assert message.to == ["ana@example.org"]
    assert f"{PAGE}{token_of(row)}/" in message.body
    html = str(message.alternatives)  # type: ignore[attr-defined]  # Django sets it
    assert "spam" not in f"{message.body}{html}"  # nothing that a stranger wrote
    assert not Source.objects.exists()


def test_confirming_adds_it_and_forgets_the_address(at: datetime) -> None:
    since = at.isoformat()
    row = _suggest(at, wish={"language": "es", "topics": ["asyncio"], "level": "beginner", "since": since})
    done = actions.confirm_suggestion(token=token_of(row), at=at + timedelta(days=2))
    again = actions.confirm_suggestion(token=token_of(row), at=at + timedelta(days=2))
    source = Source.objects.get()
    wish = Wish.objects.get()
    assert [done.email, again.pk, done.source, source.language] == ["", row.pk, source, "es"]
    assert [wish.source, wish.topics, wish.level, wish.since] == [source, ["asyncio"], "beginner", at]
    assert list(Creator.objects.values_list("name", "claimed_at")) == [("Lucía", None)]


def test_the_same_twice_is_one_suggestion_and_one_mail(
    at: datetime, deliver: Callable[..., int], mailoutbox: list[EmailMessage]
) -> None:
    one = _suggest(at)
    two = _suggest(at + timedelta(minutes=9))
    deliver()
    assert [one.pk, len(mailoutbox)] == [two.pk, 1]
    _suggest(at + timedelta(minutes=10))
    deliver()
    assert [Suggestion.objects.count(), len(mailoutbox)] == [1, 2]


def test_two_people_may_suggest_the_same(at: datetime) -> None:
    one, two = _suggest(at), _suggest(at, email="otra@example.org")
    actions.confirm_suggestion(token=token_of(one), at=at)
    joined = actions.confirm_suggestion(token=token_of(two), at=at)
    assert [joined.source, Source.objects.count()] == [Source.objects.get(), 1]


def test_a_link_ends_with_its_time(at: datetime) -> None:
    token = token_of(_suggest(at))
    for wrong, when in ((token, at + timedelta(days=3)), (token + "x", at), ("x", at), ("WzEsMl0:x", at)):
        with pytest.raises(SuggestionRefusedError, match="too old"):
            actions.confirm_suggestion(token=wrong, at=when)


def test_what_was_not_confirmed_is_forgotten(at: datetime) -> None:
    kept = _suggest(at)
    actions.confirm_suggestion(token=token_of(kept), at=at)
    _suggest(at, _found("otro"))
    assert actions.forget_suggestions(at=at + timedelta(days=2, hours=23)) == 0
    assert list(Suggestion.objects.values_list("client", flat=True)) == ["", ""]
    assert actions.forget_suggestions(at=at + timedelta(days=3)) == 1
    assert Suggestion.objects.get() == kept
    tasks.forget_suggestions(0)


@pytest.mark.parametrize(
    ("most", "given", "words"),
    [
        (10, lambda n: {"email": f"{n}@e.org", "found": _found(f"a{n}")}, "all we can take today from where you are"),
        (3, lambda n: {"client": str(n), "found": _found(f"a{n}")}, "several messages"),
        (20, lambda n: {"client": str(n), "email": f"{n}@e.org", "found": _found(f"a{n}", "x.example")}, "this site"),
    ],
)  # fmt: skip
def test_a_day_has_limits(
    at: datetime, most: int, given: Callable[[int], dict[str, Any]], words: str
) -> None:
    for number in range(most):
        _suggest(at, **given(number))
    with pytest.raises(SuggestionRefusedError, match=words):
        _suggest(at, **given(most))
    _suggest(at + timedelta(days=1), **given(most))


def test_platforms_hold_many_channels(at: datetime) -> None:
    for number in range(21):
        found = _found(f"a{number}", "www.youtube.com")
        _suggest(at, found, client=str(number), email=f"{number}@e.org")
    assert Suggestion.objects.count() == 21


def test_what_is_here_is_not_suggested(at: datetime) -> None:
    source = a_channel(a_creator(at=at), at=at)
    found = Found(kind=SourceKind.FEED, address=source.address, feed_url=source.feed_url, title="x")
    with pytest.raises(KnownSourceError):
        _suggest(at, found)


def test_a_creator_declines_and_may_come_back(at: datetime) -> None:
    row = _suggest(at)
    waiting = _suggest(at, email="otra@example.org")
    source = actions.confirm_suggestion(token=token_of(row), at=at).source
    assert source is not None
    owner = an_account("lucia@example.org", at=at)
    with pytest.raises(PermissionDenied):
        actions.decline_channel(source=source, by=owner, at=at)
    actions.grant_ownership(creator=Creator.objects.get(), account=owner, method="token", at=at)
    actions.decline_channel(source=source, by=owner, at=at)
    source.refresh_from_db()
    assert [source.state, Suggestion.objects.filter(pk=waiting.pk).exists()] == ["removed", False]
    with pytest.raises(SuggestionRefusedError, match="asked us not to"):
        _suggest(at)
    assert [actions.is_refused(source.feed_url), actions.is_refused(source.feed_url, owner)] == [True, False]
    actions.welcome_back(feed_url=source.feed_url, by=owner)
    assert not actions.is_refused(source.feed_url)


def test_what_was_declined_meanwhile_is_not_confirmed(at: datetime) -> None:
    row = _suggest(at)
    Refusal.objects.create(feed_key=row.feed_key, feed_url=row.feed_url, at=at)
    with pytest.raises(SuggestionRefusedError, match="asked us not to"):
        actions.confirm_suggestion(token=token_of(row), at=at)


def test_people_see_and_erase_what_waits_for_them(at: datetime) -> None:
    ana = an_account("ana@example.org", at=at)
    row = _suggest(at)
    _suggest(at, email="otra@example.org")
    Refusal.objects.create(feed_key="k", feed_url="https://x.example/", by=ana, at=at)
    told = export(ana)["showcase.suggestions"]
    assert told == {
        "waiting": [{"address": row.feed_url, "email": "ana@example.org", "asked_at": at.isoformat()}],
        "declined": [{"address": "https://x.example/", "at": at.isoformat()}],
        "corrected_languages": [],
    }
    erase(account=ana, by=ana, at=at)
    assert list(Suggestion.objects.values_list("email", flat=True)) == ["otra@example.org"]
    assert Refusal.objects.get().by is None


@pytest.mark.parametrize("wrong", [{"email": ""}, {"state": "confirmed"}, {"confirmed_at": "now"}])
def test_the_database_keeps_addresses_only_while_needed(at: datetime, wrong: dict[str, Any]) -> None:
    _suggest(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(**{**wrong, **({"confirmed_at": at} if "confirmed_at" in wrong else {})})


def test_one_waits_per_channel_and_address(at: datetime) -> None:
    row = _suggest(at)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
