"""Names stand where readers look for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altavoz.core.languages import sort_key


def in_order(language: str, *names: str) -> list[str]:
    return sorted(sorted(names), key=lambda name: sort_key(name, language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("es", ["Nube", "nz", "Ñandú", "Ósea", "oso"]),
        ("", ["nandu", "Ñandú", "Nube", "Über", "ubuntu"]),
        ("sv", ["Anna", "Zoe", "Åsa", "Äpple", "Öland"]),
        ("de", ["Apfel", "Äpfel", "Arzt", "Zoe"]),
        ("pl", ["Lech", "Luz", "Łódź", "Maria"]),
        ("tr", ["Can", "Çan", "Ilgaz", "İzmir", "Jale"]),
        ("fr", ["Elan", "Élan", "Elance", "Œuvre", "Zoé"]),
        ("", ["_x", "10", "3b", "٤", "a"]),
        ("", ["Ødegaard", "Oz", "Zoe", "Иван", "Йога", "احمد"]),
        ("uk", ["Ганна", "Ґава", "Діма", "Євген", "Зоя", "Ивон", "Іван", "Їжак", "Йосип"]),
        ("ar", ["أحمد", "بدر", "تامر", "يوسف"]),
        ("fa", ["بهار", "پارسا", "تینا", "کاوه", "گیتی", "لاله", "ویدا", "هما", "یلدا"]),
        ("ja", ["あい", "サーバ", "さくら", "はな", "ばら", "ぱり"]),
        ("th", ["กา", "เก", "ขา", "แม", "ยา"]),
        ("ko", ["가나", "나라", "다리"]),
        ("hi", ["अमर", "किरण", "राम"]),
    ],
)
def test_order(language: str, names: list[str]) -> None:
    assert in_order(language, *names) == names


def test_marks_and_case_only_decide_between_equals() -> None:
    assert in_order("es", "angel", "Angel", "ángel", "Ángela") == ["angel", "Angel", "ángel", "Ángela"]


def test_kana_of_both_kinds_and_long_marks_stand_together() -> None:
    assert in_order("ja", "さあば", "サーバ", "さあび") == ["さあば", "サーバ", "さあび"]
    assert sort_key("ー").startswith("ー")


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from(["", "es", "sv", "tr", "ja", "ar", "pt-BR"]))
def test_a_key_is_stable_and_can_be_stored(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert key == sort_key(text, language)
    assert "\x00" not in key.partition("\x01")[0]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_key_is_short(text: str) -> None:
    assert len(sort_key(text)) < 2500
