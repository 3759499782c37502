"""What the forms of the desk ask for."""

import pytest
from django.utils import translation

from altavoz.promotion.actions import Rhythm
from altavoz.promotion.channels.mastodon.forms import MastodonForm
from altavoz.promotion.forms import RhythmForm, connect_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://mastodon.example/@ana ", "https://mastodon.example"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
    ],
)
def test_connecting_asks_for_server_and_token(server: str, address: str) -> None:
    assert connect_form("mastodon") is MastodonForm
    form = MastodonForm({"server": server, "token": " t "})
    assert form.is_valid()
    assert (form.address(), form.credentials()) == (address, {"token": "t"})


@pytest.mark.parametrize("server", ["ftp://a.example", "https://", ""])
def test_what_is_no_server(server: str) -> None:
    assert "server" in MastodonForm({"server": server, "token": "t"}).errors


def test_the_rhythm_form() -> None:
    asked = {"slots_per_day": "3", "hold_minutes": "10", "time_zone": "Asia/Tokyo", "approval": "promoter"}
    form = RhythmForm(asked)
    assert form.is_valid()
    assert form.rhythm() == Rhythm(
        slots_per_day=3, ahead=6, hold_minutes=10, time_zone="Asia/Tokyo", approval="promoter"
    )
    half = RhythmForm(asked | {"quiet_from": "22:00"})
    with translation.override("en"):
        assert half.non_field_errors() == ["Give both ends of the quiet hours, or none."]
