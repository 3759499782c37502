"""The catalogues of translated text: collected from the source, checked, compiled; needs no gettext programs."""

import ast
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
#: English is written in the source; these are translated.
LANGUAGES = ("es", "pt_BR", "fr", "ar", "ja")
_KINDS = {
    "gettext": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
_NAMES = {name + tail: kind for name, kind in _KINDS.items() for tail in ("", "_lazy", "_noop")} | {
    "_": ("id",),
    "ugettext": ("id",),
}
_PROJECT = b'"Project-Id-Version: Altavoz\\n"\n'
#: Headers with dates, programs, people and addresses: none of them says anything about the texts.
_NOISE = tuple(
    f'"{header}'.encode()
    for header in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
    )
)
_IN_TEMPLATES = re.compile(r"\b(?:n?p?gettext|_)\(")
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)[a-z]|%)|%[sd]")


def path_of(language: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of a language lies."""
    return root / "locale" / language / "LC_MESSAGES/django.po"


def collect(root: Path = ROOT) -> Catalog:
    """Return every text that the source under `root` marks for translation."""
    found = Catalog(charset="utf-8")
    for path in sorted(root.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html", ".txt", ".xml"}:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            calls = _calls(ast.parse(source))
        elif "templates" in path.parts or "components" in path.parts:
            calls = _calls_in_template(source)
        else:
            continue
        for parts in calls:
            found.add(
                (parts["id"], parts["plural"]) if "plural" in parts else parts["id"],
                context=parts.get("context"),
            )
    return found


def _calls(tree: ast.AST) -> Iterator[dict[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        texts = [word for word in words if isinstance(word, str)]
        kind = _NAMES.get(name, ())
        if kind and len(texts) >= len(kind):
            yield dict(zip(kind, texts, strict=False))


def _calls_in_template(source: str) -> Iterator[dict[str, str]]:
    from django.utils.translation.template import templatize

    code = templatize(source)
    for match in _IN_TEMPLATES.finditer(code):
        for end in (found.end() for found in re.finditer(r"\)", code[match.end() :])):
            try:
                tree = ast.parse(code[match.start() : match.end() + end], mode="eval")
            except SyntaxError:
                continue
            yield from _calls(tree)
            break


def read(path: Path) -> Catalog:
    """Return a catalogue; an empty one where there is no file yet."""
    language = path.parent.parent.name
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(root: Path = ROOT) -> None:
    """Afterwards every catalogue holds exactly the texts of the source, sorted, without dates or line numbers."""
    template = collect(root)
    for language in LANGUAGES:
        path = path_of(language, root)
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        catalogue.header_comment = "# Altavoz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(catalogue))


def _written(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=100)
    lines = buffer.getvalue().splitlines(keepends=True)
    named = (_PROJECT if line.startswith(b'"Project-Id-Version') else line for line in lines)
    return b"".join(line for line in named if not line.startswith(_NOISE))


def check(root: Path = ROOT) -> list[str]:
    """Return what is wrong with the catalogues, a line each: nothing may be missing, open, doubtful or left over."""
    template = collect(root)
    faults: list[str] = []
    for language in LANGUAGES:
        catalogue = read(path_of(language, root))
        faults += [f"{language}: {fault}" for fault in _faults(template, catalogue)]
    return faults


def _faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    for wanted in template:
        if wanted.id:
            found = catalogue.get(_first(wanted), wanted.context)
            yield from (
                _faults_of(wanted, found, catalogue.num_plurals)
                if found
                else [f"missing: {_first(wanted)!r}"]
            )
    for message in catalogue:
        if message.id and template.get(_first(message), message.context) is None:
            yield f"no longer used: {_first(message)!r}"
    for message in catalogue.obsolete.values():
        yield f"obsolete: {_first(message)!r}"


def _faults_of(wanted: Message, found: Message, forms: int) -> Iterator[str]:
    told = found.string if isinstance(found.string, tuple | list) else (found.string,)
    texts = [text or "" for text in told]
    expected = forms if wanted.pluralizable else 1
    if found.pluralizable != wanted.pluralizable:
        yield f"plural and not: {_first(wanted)!r}"
    elif found.fuzzy:
        yield f"fuzzy: {_first(wanted)!r}"
    elif len(texts) != expected or not all(texts):
        yield f"untranslated: {_first(wanted)!r}"
    elif not all(_keeps_placeholders(wanted, text) for text in texts):
        yield f"placeholders differ: {_first(wanted)!r}"


def _keeps_placeholders(wanted: Message, text: str) -> bool:
    """Compare names; a plural form may leave out one, the number: some languages say "two" in the word itself."""
    originals = wanted.id if isinstance(wanted.id, tuple | list) else (wanted.id,)
    offered = set().union(*(_placeholders(original) for original in originals))
    used = _placeholders(text)
    return used <= offered and len(offered - used) <= (1 if wanted.pluralizable else 0)


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(text)}


def _first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def compile_missing(root: Path = ROOT) -> list[str]:
    """Afterwards every catalogue is compiled; return the languages whose compiled file was missing or old."""
    compiled = []
    for path in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, read(path))
        fresh.replace(target)
        compiled.append(path.parent.parent.name)
    return compiled
