"""A small showcase with a work of every kind, and a client that asks as programs do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from altavoz.api.document import document
from altavoz.core import languages
from altavoz.search import actions as search
from altavoz.showcase.documents import documents
from altavoz.showcase.models import Creator, Credit, Publication, Revision, Topic
from altavoz.showcase.states import Basis, State

Publish = Callable[..., Publication]


@pytest.fixture(autouse=True)
def _address(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://altavoz.example"
    settings.ALLOWED_HOSTS = ["altavoz.example"]
    document.cache_clear()


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "altavoz.example", "accept-language": "en"})


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """Ask and return the answer as values."""

    def get(path: str, **headers: str) -> Any:  # noqa: ANN401 - JSON
        response = client.get(
            f"/api/v1/{path}", headers={name.replace("_", "-"): one for name, one in headers.items()}
        )
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def creator(db: None, at: datetime) -> Creator:  # noqa: ARG001 - asked for its effect
    return make_creator("Lucía Ñandú", "lucia-nandu", at)


def make_creator(name: str, slug: str, at: datetime, **given: Any) -> Creator:
    return Creator.objects.create(
        name=name, slug=slug, name_key=name.lower(), sort_key=languages.sort_key(name), created_at=at, **given
    )


@pytest.fixture
def publish(creator: Creator, at: datetime) -> Publish:
    """Publish a work and index it; what is not given is a Spanish video of the creator."""
    Topic.objects.create(slug="asyncio", labels={"es": "Asincronía", "en": "Asynchrony"})

    def make(number: int = 1, *, by: Creator | None = creator, **given: Any) -> Publication:
        facts = {
            "kind": "video",
            "title": f"Asincronía {number}",
            "slug": f"asincronia-{number}",
            "summary": "Cómo esperar sin bloquear.",
            "metadata_language": "es",
            "spoken_language": "es",
            "url": f"https://video.example/{number}",
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
            first_published_at=at,
        )
        search.put(*documents([work.pk]))
        work.refresh_from_db()
        return work

    return make


def withdraw(work: Publication) -> None:
    """Take a work down as the showcase does."""
    Publication.objects.filter(pk=work.pk).update(state=State.WITHDRAWN, published_revision=None)
    search.remove(work.subject)
