"""Catalogues made up for tests: folders, tars and zips of records."""

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any


def record(**fields: object) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "title": "Cómo probar sin miedo",
        "description": "Una charla para quien empieza.",
        "recorded": "2024-05-06",
        "speakers": ["Rocío Luján"],
        "language": "spa",
        "duration": 1800,
        "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=AAAAAAAAAA1"}],
        "thumbnail_url": "https://i3.ytimg.com/vi/AAAAAAAAAA1/hqdefault.jpg",
        "tags": ["pruebas"],
        "copyright_text": "CC BY",
        "related_urls": [],
    }
    return {name: value for name, value in (usual | fields).items() if value is not ...}


Files = dict[str, object]


SOME: Files = {
    "feria/category.json": {"title": "Feria 2024"},
    "feria/videos/uno.json": record(title="Uno de los grandes temas", id=7),
    "feria/videos/dos.json": record(
        title="Dos maneras de contar", videos=[{"type": "youtube", "url": "https://youtu.be/BBBBBBBBBB2"}]
    ),
    "otra/videos/tres.json": record(
        title="Three ways to count",
        language="eng",
        videos=[{"type": "youtube", "url": "https://youtu.be/CCCCCCCCCC3"}],
    ),
    "otra/videos/rota.json": b"{",
    "README.rst": b"x",
    "NO_PUBLISH.json": [99],
}


def folder(path: Path, files: Files) -> Path:
    for name, told in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
    return path


def pack(path: Path, files: Files, mode: str = "w:xz") -> Path:
    with tarfile.open(path, mode) as out:  # type: ignore[call-overload]
        for name, told in files.items():
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            info = tarfile.TarInfo(name)
            info.size = len(body)
            out.addfile(info, io.BytesIO(body))
    return path


def compress(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, told in files.items():
            out.writestr(name, told if isinstance(told, bytes) else json.dumps(told).encode())
    return path
