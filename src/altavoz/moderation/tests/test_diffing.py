"""The word diff: what a moderator sees of a change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz.core.subjects import Description
from altavoz.moderation.diffing import FieldDiff, Op, Piece, fields, words

SAME, REMOVED, ADDED = Op.SAME, Op.REMOVED, Op.ADDED
WORK = Description(
    subject="tests.toy:1", revision=1, title="Aprende bucles", summary="Un vídeo corto.", language="es",
    spoken_language="es", kind="video", url="https://example.org/1", page="works/1/", duration_s=605,
)  # fmt: skip


def test_a_word_in_the_middle() -> None:
    assert words("Curso de Python básico", "Curso de Python avanzado") == (
        Piece(SAME, "Curso de Python "),
        Piece(REMOVED, "básico"),
        Piece(ADDED, "avanzado"),
    )


@pytest.mark.parametrize(("old", "new", "pieces"), [
    ("", "", ()),
    ("", "nuevo", (Piece(ADDED, "nuevo"),)),
    ("viejo", "", (Piece(REMOVED, "viejo"),)),
    ("igual", "igual", (Piece(SAME, "igual"),)),
    ("Python入門", "Python上級", (Piece(SAME, "Python"), Piece(REMOVED, "入門"), Piece(ADDED, "上級"))),
    ("تعلم بايثون", "تعلم بايثون الآن", (Piece(SAME, "تعلم بايثون"), Piece(ADDED, " الآن"))),
])  # fmt: skip
def test_texts_of_many_scripts(old: str, new: str, pieces: tuple[Piece, ...]) -> None:
    assert words(old, new) == pieces


def test_a_rewritten_book_is_shown_as_replaced() -> None:
    old, new = "a " * 1_500, "b " * 1_500
    assert words(old, new) == (Piece(REMOVED, old[:-1]), Piece(ADDED, new[:-1]), Piece(SAME, " "))


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.op != REMOVED) == new


def test_only_the_fields_that_differ_are_shown() -> None:
    changed = replace(WORK, revision=2, title="Aprende ciclos", duration_s=None, topics=("bucles", "web"))
    assert fields(WORK, changed) == (
        FieldDiff("title", (Piece(SAME, "Aprende "), Piece(REMOVED, "bucles"), Piece(ADDED, "ciclos"))),
        FieldDiff("duration", (Piece(REMOVED, "10:05"),)),
        FieldDiff("topics", (Piece(ADDED, "bucles, web"),)),
    )
    assert fields(WORK, WORK) == ()
