"""Two thousand feeds of twenty entries, as files that nginx serves."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

ENTRIES = 20
_WORDS = """
una función pequeña que lee datos abiertos y dibuja mapas con Python para la biblioteca del barrio sin prisa pruebas
asíncrono diccionario lista bucle módulo paquete consulta servidor cliente plantilla tipo clase
""".split()  # noqa: SIM905  a sentence is easier to read


def write(folder: Path, number: int, edition: int) -> None:
    """Write feed `number`; each edition brings one entry more and drops the oldest."""
    began = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    entries = "".join(_entry(number, index, began) for index in range(edition, edition + ENTRIES))
    updated = (began + timedelta(days=edition)).isoformat()
    body = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es">'
        f"<id>urn:feed:{number}</id><title>Canal {number}</title><updated>{updated}</updated>{entries}</feed>"
    )
    fresh = folder / f"{number}.new"
    fresh.write_text(body, encoding="utf-8")
    fresh.replace(folder / f"{number}.xml")


def _entry(number: int, index: int, began: datetime) -> str:
    chance = random.Random(f"{number}/{index}")  # noqa: S311  invented content
    title = " ".join(chance.choices(_WORDS, k=7)).capitalize()
    summary = " ".join(chance.choices(_WORDS, k=120))
    at = (began + timedelta(days=index)).isoformat()
    return (
        f"<entry><id>urn:entry:{number}:{index}</id><title>{title}</title><updated>{at}</updated>"
        f'<published>{at}</published><link href="https://canal-{number}.example/{index}/"/>'
        f"<summary>{summary}</summary><author><name>Ana {number}</name></author></entry>"
    )


def urls(port: int, count: int) -> list[str]:
    """Return the addresses, spread over 250 hosts of the loopback network."""
    return [f"http://127.0.1.{number % 250 + 1}:{port}/{number}.xml" for number in range(count)]
