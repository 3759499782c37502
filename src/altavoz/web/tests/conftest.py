"""A strict browser, a small showcase, and templates that name only what exists."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.template import engines

from altavoz.core import languages
from altavoz.people.models import Account
from altavoz.search import actions as search
from altavoz.showcase.documents import documents
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import Basis, State
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.chromium import chromium

__all__ = ["chromium"]
Publish = Callable[..., Publication]


class _Undefined(str):
    """Fails the test that draws a template with a variable nobody gave it."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"the template variable {variable} is not defined")


@pytest.fixture(autouse=True)
def _strict_templates() -> object:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend
    before, engine.string_if_invalid = engine.string_if_invalid, _Undefined("%s")
    yield
    engine.string_if_invalid = before


@pytest.fixture(autouse=True)
def _address(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://altavoz.example"
    settings.ALLOWED_HOSTS = ["altavoz.example"]


@pytest.fixture
def browser() -> Browser:
    return Browser(headers={"host": "altavoz.example"})


@pytest.fixture
def creator(db: None, at: datetime) -> Creator:  # noqa: ARG001 - asked for its effect
    return Creator.objects.create(
        name="Lucía Ñandú",
        slug="lucia-nandu",
        name_key="lucia nandu",
        sort_key=languages.sort_key("Lucía Ñandú"),
        about="Vídeos de Python.",
        handles={"mastodon": "@lucia@hachyderm.example"},
        created_at=at,
    )


@pytest.fixture
def publish(creator: Creator, at: datetime) -> Publish:
    """Publish a work and index it; what is not given is a Spanish video of the creator."""

    def make(number: int = 1, *, by: Creator | None = creator, **given: object) -> Publication:
        facts = {
            "kind": "video",
            "title": f"Asincronía {number}",
            "slug": f"asincronia-{number}",
            "summary": "Cómo esperar sin bloquear.",
            "metadata_language": "es",
            "spoken_language": "es",
            "url": f"https://www.youtube.com/watch?v=abcdefghij{number % 10}",
            "duration_s": 754,
            "topics": ["asyncio"],
            "published_at": at - timedelta(days=number),
        } | given
        work = Publication.objects.create(
            gathered_at=at, changed_at=at, language=str(facts["spoken_language"])
        )
        revision = Revision.objects.create(
            publication=work, number=1, digest=str(number), created_at=at, **facts
        )
        if by is not None:
            Credit.objects.create(publication=work, creator=by)
        Publication.objects.filter(pk=work.pk).update(
            state=State.PUBLISHED,
            published_revision=revision,
            basis=Basis.QUORUM,
            newest=1,
            lead=by,
            first_published_at=at,
        )
        work.refresh_from_db()
        search.put(*documents([work.pk]))
        return work

    return make


@pytest.fixture
def person(db: None, at: datetime) -> Account:  # noqa: ARG001 - asked for its effect
    return Account.objects.create(email="ana@altavoz.example", name="Ana", language="es", date_joined=at)
