"""Card pictures: what is on them, where they are kept, and that nothing withdrawn is ever drawn."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import override_settings
from PIL import Image

from altavoz.core.events import record
from altavoz.showcase import queries as showcase
from altavoz.showcase.events import CreatorChanged, PublicationHidden, PublicationPublished
from altavoz.showcase.models import Creator, Publication, Revision
from altavoz.showcase.states import State
from altavoz.web import covers, og, tasks
from altavoz.web.og import content, drawing, fonts, keeping, waves
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

SITE = "https://altavoz.example"
needs_fonts = pytest.mark.skipif(not fonts.library().faces, reason="no Noto fonts on this machine")
INK = (27, 26, 23)


@pytest.fixture(autouse=True)
def _media(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def card(title: str, language: str = "es", **given: str) -> content.Card:
    return content.Card(
        **{"seed": "a", "title": title, "title_language": language, "site": "altavoz.example"} | given
    )


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the first and the last column with ink in a part of the picture."""
    part = image.crop(box).convert("L").point(lambda value: 255 if value < 90 else 0)
    found = part.getbbox()
    assert found is not None
    return box[0] + found[0], box[0] + found[2]


def path_of(address: str) -> str:
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


@needs_fonts
def test_a_card_is_small_and_has_the_waves_of_its_cover() -> None:
    data = drawing.png(card("Asincronía sin dolor"))
    assert len(data) < 60_000
    ground = drawing.PALETTES[covers.palette("a")][0]
    colours = [
        str(colour) for _, colour in drawing.drawn(card("Asincronía sin dolor")).getcolors(1_000_000) or []
    ]
    assert str(tuple(int(ground[at : at + 2], 16) for at in (1, 3, 5))) in colours
    assert picture(data).mode == "RGB"


@needs_fonts
def test_the_same_words_draw_the_same_bytes() -> None:
    assert drawing.png(card("Hola")) == drawing.png(card("Hola"))
    assert drawing.png(card("Hola")) != drawing.png(card("Hola", seed="b"))


@needs_fonts
def test_text_begins_where_its_direction_does() -> None:
    left, right = ink(picture(drawing.png(card("Flask"))), (70, 200, 880, 460))
    assert left < 130
    assert right < 600
    left, right = ink(picture(drawing.png(card("بايثون", "ar"))), (320, 200, 1130, 460))
    assert left > 700
    assert right > 1070


@needs_fonts
@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("👩🏽‍💻🐍", "es"),
        ("نص طويل " * 40, "ar"),
        ("非同期" * 60, "ja"),
        ("a" * 200, "en"),
        ("P" + "\u0301" * 500, "en"),
        ("\u202e<script>\u0000\u2066", "en"),
        ("कार्यक्रम " * 30, "hi"),
    ],
)
def test_whatever_a_title_holds_its_text_stays_on_the_paper(title: str, language: str) -> None:
    found = content.of_work(
        Revision(publication_id=7, title=title, metadata_language=language, spoken_language=language), []
    )
    image, bare = drawing.drawn(found), drawing._poster(found.seed)
    image.paste(bare.crop((48, 48, 1153, 583)), (48, 48))
    assert image.tobytes() == bare.tobytes()


def test_a_title_that_cannot_be_written_leaves_waves_and_mark_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("altavoz.web.og.setting.library", lambda: fonts.Library((), None))
    assert drawing.png(card("Hola")) == drawing.png(card("\U00016ea0\U00016ea1"))


@needs_fonts
def test_what_is_missing_beside_the_title_is_left_out() -> None:
    plain = drawing.png(card("Hola", site=""))
    assert (
        drawing.png(card("Hola", site="", creator="\U00016ea0", chip="\U00016ea0", language="und")) == plain
    )
    assert drawing.png(card("Hola", site="", creator="Ana")) != plain


def test_colours_are_those_of_the_stylesheet() -> None:
    style = (Path(covers.__file__).parent / "components/cover/style.css").read_text()
    blocks = re.findall(r"\.(?:waves|p\d) \{ ((?:--[abcd]: #\w+; )+)\}", style)
    assert tuple(tuple(re.findall(r"#\w+", block)) for block in blocks) == drawing.PALETTES


def test_waves_are_read_from_the_drawing_of_the_cover() -> None:
    for number in range(50):
        drawn = covers.arcs(f"showcase.publication:{number}")
        found = waves.read(drawn)
        assert (found.width, found.height) == (320, 180)
        assert [len(one.radii) for one in found.waves] == [
            d.count("z") for d in re.findall(r'd="([^"]*)"', drawn)
        ]
    with pytest.raises(ValueError, match="no cover"):
        waves.read("<svg/>")


def test_a_card_says_what_the_revision_says(creator: Creator, publish: Publish) -> None:
    work = publish(title="Hola  \u202emundo", spoken_language="ar")
    assert work.published_revision is not None
    assert content.of_work(work.published_revision, [creator]) == content.Card(
        seed=work.subject,
        title="Hola mundo",
        title_language="es",
        creator="Lucía Ñandú",
        language="ar",
        chip="العربية",
        site="altavoz.example",
    )


@needs_fonts
def test_a_card_is_drawn_once_and_kept(browser: Browser, publish: Publish) -> None:
    work = publish()
    address = path_of(og.address(work))
    assert re.fullmatch(rf"/cards/works/{work.pk}-1-[0-9a-f]{{12}}\.png", address)
    first = browser.get(address)
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=2, immutable"
    (name,) = default_storage.listdir(f"cards/works/{work.pk // 1000}")[1]
    assert f"/cards/works/{name}" == address
    default_storage.delete(f"cards/works/{work.pk // 1000}/{name}")
    default_storage.save(f"cards/works/{work.pk // 1000}/{name}", ContentFile(b"kept"))
    assert browser.get(address).content == b"kept"
    again = browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@needs_fonts
def test_cards_of_creators_languages_and_the_site(
    browser: Browser, creator: Creator, publish: Publish
) -> None:
    publish()
    for address in (og.creator_address(creator), og.language_address("ja"), og.site_address()):
        picture(browser.get(path_of(address)).content)


def test_an_outdated_address_leads_to_the_present_card(
    browser: Browser, creator: Creator, publish: Publish
) -> None:
    work = publish()
    nothing = "0" * 12
    for old, present in (
        (f"/cards/works/{work.pk}-1-{nothing}.png", og.address(work)),
        (f"/cards/creators/{creator.pk}-{nothing}.png", og.creator_address(creator)),
        (f"/cards/languages/ja-{nothing}.png", og.language_address("ja")),
        (f"/cards/site-{nothing}.png", og.site_address()),
    ):
        response = browser.get(old)
        assert (response.status_code, response.headers["Location"]) == (302, present)


def test_what_is_not_visible_has_no_card(browser: Browser, creator: Creator, publish: Publish) -> None:
    work = publish()
    address, of_creator = path_of(og.address(work)), path_of(og.creator_address(creator))
    _hide(work)
    nothing = "0" * 12
    for path in (
        address, of_creator, f"/cards/languages/xx-{nothing}.png", f"/cards/creators/999-{nothing}.png",
        "/cards/works/1-1-x.png", "/cards/works/99999999999999999999-1-000000000000.png",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404


def test_who_comes_when_too_many_cards_are_drawn_is_told_to_come_back(
    browser: Browser, publish: Publish
) -> None:
    address = path_of(og.address(publish()))
    taken = [keeping._waiting.acquire() for _ in range(3)]
    try:
        response = browser.get(address)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    finally:
        for _ in taken:
            keeping._waiting.release()


def _hide(work: Publication) -> None:
    Publication.objects.filter(pk=work.pk).update(state=State.WITHDRAWN, published_revision=None)


def _keep(*works: Publication, name: str = "") -> None:
    for work in works:
        own = name or keeping.name_of_work(showcase.work(work.pk) or work)
        default_storage.save(f"cards/{keeping.path_of_work(work.pk, own)}", ContentFile(b"card"))


def _kept() -> list[str]:
    try:
        folders = default_storage.listdir("cards/works")[0]
    except FileNotFoundError:
        return []
    return sorted(name for folder in folders for name in default_storage.listdir(f"cards/works/{folder}")[1])


def test_cards_go_with_what_they_show(
    publish: Publish, creator: Creator, at: datetime, deliver: Callable[..., object]
) -> None:
    one, other = publish(1), publish(2)
    _keep(one, other)
    _keep(one, name=f"{one.pk}-0-0123456789ab.png")
    fact = PublicationPublished(subject=one.subject, revision=1, basis="quorum", creators=(), language="es")
    with transaction.atomic():
        record(fact, at=at)
    deliver()
    assert _kept() == sorted(map(keeping.name_of_work, (one, other)))
    _hide(one)
    with transaction.atomic():
        record(PublicationHidden(subject=one.subject, reason="withdrawn", creators=(), language="es"), at=at)
    deliver()
    assert _kept() == [keeping.name_of_work(other)]
    own = f"cards/{keeping.path_of_creator(creator.pk, f'{creator.pk}-0123456789ab.png')}"
    default_storage.save(own, ContentFile(b"card"))
    with transaction.atomic():
        record(CreatorChanged(subject=creator.subject), at=at)
    deliver()
    assert _kept() == []
    assert not default_storage.exists(own)


def test_a_publication_hidden_again_meanwhile_keeps_no_card(
    publish: Publish,
    at: datetime,
    db: None,  # noqa: ARG001 - asked for its effect
) -> None:
    from altavoz.web.og import handlers

    work = publish()
    _keep(work)
    _hide(work)
    fact = PublicationPublished(subject=work.subject, revision=1, basis="quorum", creators=(), language="es")
    handlers.forget_outdated_card(fact, at)
    assert _kept() == []


def test_the_sweep_finds_in_a_week_what_was_left(publish: Publish, at: datetime) -> None:
    assert keeping.sweep(at=at) == 0
    kept, hidden = publish(1), publish(2)
    _keep(kept, hidden)
    default_storage.save("cards/works/0/notes.txt", ContentFile(b"not ours"))
    default_storage.save("cards/works/strange/1-1-0123456789ab.png", ContentFile(b"not ours"))
    _hide(hidden)
    now = datetime.now(at.tzinfo)
    assert sum(keeping.sweep(at=now + timedelta(days=night)) for night in range(7)) == 1
    assert keeping.name_of_work(kept) in _kept()
    tasks.sweep_cards(int((now + timedelta(days=61)).timestamp()))
    assert sum(keeping.sweep(at=now + timedelta(days=61 + night)) for night in range(7)) <= 1
    assert keeping.name_of_work(kept) not in _kept()
    assert keeping.forget([kept.pk, 5_000_000]) == 0


def test_the_sweep_looks_at_creators_as_well(creator: Creator, at: datetime) -> None:
    name = f"{creator.pk}-{content.of_creator(creator).digest}.png"
    for each in (name, f"{creator.pk}-0123456789ab.png"):
        default_storage.save(f"cards/{keeping.path_of_creator(creator.pk, each)}", ContentFile(b"card"))
    now = datetime.now(at.tzinfo)
    assert sum(keeping.sweep(at=now + timedelta(days=night)) for night in range(7)) == 1
    assert default_storage.exists(f"cards/{keeping.path_of_creator(creator.pk, name)}")


def test_cards_are_sent_by_their_own_address_alone(browser: Browser, publish: Publish) -> None:
    work = publish()
    _keep(work)
    path = keeping.path_of_work(work.pk, keeping.name_of_work(work))
    assert browser.get(f"/media/cards/{path}").status_code == 404
    assert browser.get(f"/media/./cards/{path}").status_code == 404


def test_a_card_drawn_twice_at_once_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(_: content.Card) -> bytes:
        default_storage.save("cards/site-a.png", ContentFile(b"the other's"))
        return b"ours"

    monkeypatch.setattr(drawing, "png", draw)
    assert keeping.stored("site-a.png", card("Hola")) == b"ours"
    assert default_storage.listdir("cards")[1] == ["site-a.png"]


def test_addresses_are_absolute(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://other.example"
    assert og.site_address().startswith("https://other.example/cards/site-")
