"""From what a source said to what we would show."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from altavoz.showcase import shaping


@dataclass
class Told:
    kind: str = "video"
    title: str = "  Hola\u200b   mundo "
    summary: str = "<p>Uno &amp; <script>alert(1)</script>dos</p>"
    url: str = "https://example.org/watch?v=1&utm_source=x"
    canonical_url: str = "https://example.org/watch?v=1"
    spoken_language: str = "es"
    metadata_language: str = "en"
    media_url: str = ""
    media_type: str = ""
    thumbnail_url: str = "https://example.org/1.jpg"
    duration_s: int | None = 60
    captions: list[str] = field(default_factory=lambda: ["es", "und", "es"])
    topics: list[str] = field(default_factory=lambda: ["Django", "django", "Python", " ", "Datos abiertos"])
    licence: str = ""
    published_at: datetime | None = datetime(2026, 1, 2, tzinfo=UTC)
    extra: dict[str, Any] = field(default_factory=dict)


def test_an_entry_becomes_plain_bounded_text() -> None:
    assert shaping.shape(Told()) == shaping.Shape(
        kind="video",
        title="Hola mundo",
        slug="hola-mundo",
        summary="Uno & dos",
        metadata_language="en",
        spoken_language="es",
        url="https://example.org/watch?v=1&utm_source=x",
        media_url="",
        media_type="",
        duration_s=60,
        topics=("django", "datos-abiertos"),
        captions=("es", "und"),
        licence="",
        thumbnail_url="https://example.org/1.jpg",
        published_at=datetime(2026, 1, 2, tzinfo=UTC),
    )


def test_the_same_entry_gives_the_same_digest_and_a_changed_one_another() -> None:
    first = shaping.shape(Told())
    assert first.digest == shaping.shape(Told()).digest
    assert first.digest != shaping.shape(replace(Told(), title="Adiós")).digest


def test_when_a_broadcast_begins_is_part_of_what_is_reviewed() -> None:
    live = shaping.shape(replace(Told(), extra={"starts_at": "2026-05-01T18:00:00+00:00"}))
    assert live.starts_at == datetime(2026, 5, 1, 18, tzinfo=UTC)
    assert live.digest != shaping.shape(Told()).digest


def test_languages_nobody_could_tell_are_said_to_be_unknown() -> None:
    unknown = shaping.shape(replace(Told(), spoken_language="", metadata_language=""))
    assert (unknown.spoken_language, unknown.metadata_language) == ("und", "und")


@pytest.mark.parametrize(
    ("spoken", "metadata", "team"), [("es", "en", "es"), ("und", "en", "en"), ("und", "und", "und")]
)
def test_who_understands_what_is_spoken_judges_it(spoken: str, metadata: str, team: str) -> None:
    content = shaping.shape(replace(Told(), spoken_language=spoken, metadata_language=metadata))
    assert shaping.team_language(content) == team


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José García", "jose garcia"),
        ("Jose\u0301  Garci\u0301a", "José García"),
        ("ŁUKASZ", "łukasz"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_spelling_variants_of_a_name_meet(one: str, other: str) -> None:
    assert shaping.name_key(one) == shaping.name_key(other)


@pytest.mark.parametrize(("one", "other"), [("がく", "かく"), ("Ana", "Anna"), ("И", "Ы")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert shaping.name_key(one) != shaping.name_key(other)


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ([], ()),
        ([""], ()),
        (["Various speakers", "TBA"], ()),
        (["Ana Ruiz", "ana ruiz", "Óscar"], ("Ana Ruiz", "Óscar")),
    ],
)
def test_people_are_named_once_and_nobody_is_nobody(authors: list[str], names: tuple[str, ...]) -> None:
    assert shaping.creator_names(authors) == names
