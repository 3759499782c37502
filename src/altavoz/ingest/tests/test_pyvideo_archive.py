"""Folders, tars and zips, friendly and hostile."""

import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from altavoz.ingest.pyvideo import (
    BadArchiveError,
    Finding,
    archive,
)
from altavoz.ingest.tests.catalogues import SOME, Files, compress, folder, pack


def test_every_kind_of_archive_holds_the_same(tmp_path: Path) -> None:
    inside: Files = {f"data-main/{name}": told for name, told in SOME.items()}
    found = [
        archive.read(folder(tmp_path / "folder", SOME)),
        archive.read(pack(tmp_path / "a.tar.xz", SOME)),
        archive.read(pack(tmp_path / "a.tar.gz", inside, "w:gz")),
        archive.read(pack(tmp_path / "a.tar", {f"./{name}": told for name, told in SOME.items()}, "w")),
        archive.read(compress(tmp_path / "a.zip", inside)),
    ]
    assert [sorted(each.records) for each in found] == [
        ["feria/dos", "feria/uno", "otra/rota", "otra/tres"]
    ] * 5
    assert all(each == found[0] or sorted(each.records) == sorted(found[0].records) for each in found)
    assert {each.no_publish for each in found} == {frozenset({99})}


def test_names_that_lead_out_and_links_are_refused(tmp_path: Path) -> None:
    evil: Files = {"../videos/x.json": b"{}", "/etc/videos/x.json": b"{}", "a\\b/videos/x.json": b"{}"}
    unsafe = [
        Finding("unsafe_path", name)
        for name in ("../videos/x.json", "/etc/videos/x.json", "a\\\\b/videos/x.json")
    ]
    assert archive.read(compress(tmp_path / "a.zip", SOME | evil)).findings == unsafe
    tar = pack(tmp_path / "a.tar", SOME | evil, "w")
    with tarfile.open(tar, "a") as out:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"a/videos/link{kind.decode()}.json")
            info.type, info.linkname = kind, "/etc/hostname"
            out.addfile(info)
        out.addfile(_folder_entry())
    links = [Finding("link", f"a/videos/link{number}.json") for number in (2, 1, 6)]
    assert archive.read(tar).findings == unsafe + links
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as zipped:
        linked = zipfile.ZipInfo("a/videos/link.json")
        linked.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(linked, "/etc/hostname")
        zipped.writestr("a/videos/", "")
    assert archive.read(tmp_path / "a.zip").findings == [*unsafe, Finding("link", "a/videos/link.json")]


def _folder_entry() -> tarfile.TarInfo:
    info = tarfile.TarInfo("a/videos")
    info.type = tarfile.DIRTYPE
    return info


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    path = folder(tmp_path / "catalogue", SOME)
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (path / "feria/videos/link.json").symlink_to(secret)
    (path / "linked").symlink_to(tmp_path)
    assert archive.read(path).findings == [
        Finding("link", "linked"),
        Finding("link", "feria/videos/link.json"),
    ]


def test_huge_files_are_left_out(tmp_path: Path) -> None:
    huge: Files = {
        "a/videos/huge.json": b" " * (archive.MAX_FILE + 1),
        "a/huge.bin": b" " * (archive.MAX_FILE + 1),
    }
    expected = [Finding("too_large", "a/videos/huge.json")]
    assert archive.read(pack(tmp_path / "a.tar.xz", SOME | huge)).findings == expected
    assert archive.read(compress(tmp_path / "a.zip", SOME | huge)).findings == expected
    assert archive.read(folder(tmp_path / "folder", SOME | huge)).findings == expected


def test_bombs_are_stopped_before_they_unpack(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a/videos/bomb.json")
    info.size = archive.MAX_TOTAL + 1
    bomb = tmp_path / "bomb.tar"
    bomb.write_bytes(info.tobuf())
    with pytest.raises(BadArchiveError, match="more than a catalogue can be"):
        archive.read(bomb)


def test_what_is_no_catalogue_is_told(tmp_path: Path) -> None:
    text = tmp_path / "text.tar"
    text.write_text("not a tar")
    cut = tmp_path / "cut.tar.xz"
    cut.write_bytes(pack(tmp_path / "whole.tar.xz", SOME).read_bytes()[:200])
    for path in (text, cut, tmp_path / "missing.zip"):
        with pytest.raises(BadArchiveError, match="cannot be read"):
            archive.read(path)
    with pytest.raises(BadArchiveError, match="holds no records"):
        archive.read(folder(tmp_path / "empty", {"README": b""}))
    with pytest.raises(BadArchiveError, match=r"NO_PUBLISH\.json cannot be read"):
        archive.read(folder(tmp_path / "bad", SOME | {"NO_PUBLISH.json": b"["}))
    assert (
        archive.read(folder(tmp_path / "odd", SOME | {"NO_PUBLISH.json": {"a": 1}})).no_publish == frozenset()
    )
