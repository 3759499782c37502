"""How fast public pages are: drawn anew with ten thousand and a million works, and from memory beside nginx."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import catalogue, growing, load, proxy, stage

SMALL, LARGE = 10_000, 1_000_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))
_WARM_UP_S = 6
_CHECKED = 20  # addresses of each page that must answer 200 before it is loaded
_COUNTED = 60  # addresses of each page whose statements are counted
_FOREIGN = ("es", "ja", "ar")


def measure() -> dict[str, Any]:
    """Return the figures of docs/benchmarks.md under "Web"."""
    if not catalogue.PATH.exists():
        return {"skipped": f"{catalogue.PATH} is missing"}
    load.require()
    figures: dict[str, Any] = {}
    for count, suffix in ((SMALL, "10k"), (LARGE, "1m")):
        with growing.works(count):
            found = _drawn()
        for page, (rps, p95_ms) in found.items():
            figures.setdefault(page, {}).update({f"rps_{suffix}": rps, f"p95_ms_{suffix}": p95_ms})
    with growing.works(LARGE):
        figures["queries"] = _queries()
        figures |= _beside_nginx()
    return figures


def _drawn() -> dict[str, tuple[float, float]]:
    """Return requests a second and the 95th percentile of each page, and of searches in some languages."""
    from bench import paths

    pages = paths.all_pages() | {f"search_{tag}": paths.search(tag) for tag in _FOREIGN}
    found = {}
    with _served(page_cache_mb=0) as port:
        for page, addresses in pages.items():
            for path in addresses[:_CHECKED]:
                stage.get(f"http://127.0.0.1:{port}{path}")
            load.run(port, addresses, seconds=_WARM_UP_S, seed=2)
            figures = load.run(port, addresses, seconds=SECONDS)
            found[page] = (figures.rps, figures.p95_ms)
    return found


@contextmanager
def _served(*, page_cache_mb: int) -> Iterator[int]:
    """Yield the port of our server, one process per core as its command starts it."""
    port = stage.free_port()
    env = {"ALTAVOZ_PAGE_CACHE_MB": str(page_cache_mb), "ALTAVOZ_URL": f"http://127.0.0.1:{port}"}
    with stage.process(stage.altavoz("serve", "--port", str(port)), port=port, env=env):
        yield port


def _queries() -> Mapping[str, int]:
    """Return the most statements that any address of a page needs when nothing is kept."""
    from django.test import override_settings

    from bench import paths

    with override_settings(ALTAVOZ_PAGE_CACHE_BYTES=0):
        return {page: _most(addresses[:_COUNTED]) for page, addresses in paths.all_pages().items()}


def _most(addresses: Sequence[str]) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    most = 0
    for path in addresses:
        with CaptureQueriesContext(connection) as captured:
            if client.get(path).status_code != 200:  # noqa: PLR2004  HTTP's own number
                raise SystemExit(f"{path} did not answer")
        most = max(most, len(captured))
    return most


def _beside_nginx() -> dict[str, float]:
    """Return our requests a second for a kept front page, divided by those of nginx that reads it from the disk.

    Once from our own memory, once from that of nginx, configured as we ship it, before us.
    """
    with ExitStack() as stack:
        ours = stack.enter_context(_served(page_cache_mb=64))
        before = stack.enter_context(proxy.before(ours, var=stage.HOME))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        folder.chmod(0o755)
        (folder / "es").mkdir(mode=0o755)
        (folder / "es" / "index.html").write_bytes(stage.get(f"http://127.0.0.1:{ours}/es/"))
        theirs = stage.free_port()
        stack.enter_context(stage.nginx(folder, port=theirs))
        rps = {port: _hits(port) for port in (ours, before, theirs)}
    return {
        "cached_ratio_nginx": round(rps[ours] / rps[theirs], 3),
        "proxied_ratio_nginx": round(rps[before] / rps[theirs], 3),
    }


def _hits(port: int) -> float:
    load.run(port, ["/es/"], seconds=_WARM_UP_S)
    return load.run(port, ["/es/"], seconds=SECONDS).rps
