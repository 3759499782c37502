"""Texts are collected from code and templates, and a catalogue that is not whole is found out."""

from pathlib import Path

import pytest

from altavoz.config import catalogues
from altavoz.config.catalogues import LANGUAGES, check, collect, compile_missing, path_of, read, update

CODE = '''
"""Not a text."""
from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext_lazy
title = _("The title, %(name)s")
kind = pgettext_lazy("a kind of work", "talk")
count = ngettext("%(count)s work of %(who)s", "%(count)s works of %(who)s", n)
both = npgettext("tree", "%(n)s leaf", "%(n)s leaves", n)
neither = _(title)
'''
TEMPLATE = """
{% load i18n %}<p title="{% translate 'It (really) is "so"' %}">{% translate "May" context "a month" %}
{% blocktranslate trimmed count n=works %}
  One work ({{ n }})
{% plural %}
  {{ n }} works
{% endblocktranslate %}{% blocktranslate %}100% of {{ who }}{% endblocktranslate %} ) " '
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "room/templates").mkdir(parents=True)
    (tmp_path / "room/tests").mkdir()
    (tmp_path / "room/words.py").write_text(CODE)
    (tmp_path / "room/notes.txt").write_text('{% translate "no template" %}')
    (tmp_path / "room/templates/page.html").write_text(TEMPLATE)
    (tmp_path / "room/tests/test_it.py").write_text('_("not in tests")')
    return tmp_path


def _translate(root: Path, language: str, changes: dict[str, str]) -> None:
    path = path_of(language, root)
    text = path.read_text()
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)


def _fill(root: Path) -> None:
    """Translate every text as itself."""
    from babel.messages.pofile import write_po

    for language in LANGUAGES:
        path = path_of(language, root)
        catalogue = read(path)
        for message in catalogue:
            if message.id and message.pluralizable:
                message.string = (message.id[1],) * catalogue.num_plurals
            elif message.id:
                message.string = message.id
        with path.open("wb") as file:
            write_po(file, catalogue)


def test_every_way_to_mark_a_text_is_collected(source: Path) -> None:
    assert {(message.context, message.id) for message in collect(source) if message.id} == {
        (None, "The title, %(name)s"),
        ("a kind of work", "talk"),
        (None, ("%(count)s work of %(who)s", "%(count)s works of %(who)s")),
        ("tree", ("%(n)s leaf", "%(n)s leaves")),
        (None, 'It (really) is "so"'),
        ("a month", "May"),
        (None, ("One work (%(n)s)", "%(n)s works")),
        (None, "100%% of %(who)s"),
    }


def test_texts_without_catalogue_are_missing(source: Path) -> None:
    assert len(check(source)) == 8 * len(LANGUAGES)
    assert "ja: missing: 'talk'" in check(source)


def test_update_adds_what_is_new_and_drops_what_is_gone(source: Path) -> None:
    update(source)
    assert len(check(source)) == 8 * len(LANGUAGES)
    assert "es: untranslated: '%(count)s work of %(who)s'" in check(source)
    _fill(source)
    assert check(source) == []
    (source / "room/words.py").write_text('_("Quite new")')
    assert set(check(source)) >= {"ar: missing: 'Quite new'", "ar: no longer used: 'talk'"}
    update(source)
    assert check(source) == [f"{language}: untranslated: 'Quite new'" for language in LANGUAGES]


def test_update_twice_writes_the_same_bytes_and_no_noise(source: Path) -> None:
    update(source)
    first = path_of("ar", source).read_text()
    update(source)
    assert path_of("ar", source).read_text() == first
    assert "nplurals=6" in first
    assert '"Project-Id-Version: Altavoz\\n"' in first
    assert "Date" not in first
    assert "@" not in first
    assert ".py" not in first


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgid "May"\nmsgstr "May"', 'msgid "May"\nmsgstr ""', "untranslated: 'May'"),
        ('msgctxt "a month"', '#, fuzzy\nmsgctxt "a month"', "fuzzy: 'May'"),
        (
            'msgstr "The title, %(name)s"',
            'msgstr "The title, %(nombre)s"',
            "placeholders differ: 'The title, %(name)s'",
        ),
        ('msgstr "100%% of %(who)s"', 'msgstr "of %(who)s"', "placeholders differ: '100%% of %(who)s'"),
        ('msgstr[1] "%(n)s leaves"', 'msgstr[1] ""', "untranslated: '%(n)s leaf'"),
        (
            'msgstr[0] "%(count)s works of %(who)s"',
            'msgstr[0] "works"',
            "placeholders differ: '%(count)s work of %(who)s'",
        ),
        ('msgid_plural "%(n)s works"\n', "", "plural and not: 'One work (%(n)s)'"),
    ],
)
def test_each_fault_is_named(source: Path, before: str, after: str, fault: str) -> None:
    update(source)
    _fill(source)
    if "msgid_plural" in before:
        _translate(source, "fr", {'msgstr[0] "%(n)s works"\nmsgstr[1] "%(n)s works"': 'msgstr "%(n)s"'})
    _translate(source, "fr", {before: after})
    assert check(source) == [f"fr: {fault}"]


def test_plural_form_may_say_the_number_in_a_word(source: Path) -> None:
    update(source)
    _fill(source)
    _translate(source, "ar", {'msgstr[2] "%(n)s leaves"': 'msgstr[2] "ورقتان"'})
    assert check(source) == []


def test_obsolete_entries_are_found(source: Path) -> None:
    update(source)
    _fill(source)
    path = path_of("es", source)
    path.write_text(path.read_text() + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n')
    assert check(source) == ["es: obsolete: 'Old'"]


def test_compiles_what_is_missing_or_old_only(source: Path) -> None:
    update(source)
    _fill(source)
    assert compile_missing(source) == sorted(LANGUAGES)
    assert compile_missing(source) == []
    path_of("fr", source).touch()
    assert compile_missing(source) == ["fr"]
    assert catalogues.path_of("fr", source).with_suffix(".mo").read_bytes()[:4] == b"\xde\x12\x04\x95"
