"""What Lighthouse says of five public pages on a slow phone, behind the nginx that we ship."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import catalogue, growing, proxy, stage

_WORKS = 10_000
_RUNS = 3  # of each page; the figure is the middle one
_LOCKED = Path(__file__).with_suffix("")
_HOME = stage.HOME / "lighthouse"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


def measure() -> dict[str, Any]:
    """Return for each page its scores from 0 to 100; what does not reach 100 is printed."""
    if not catalogue.PATH.exists():
        return {"skipped": f"{catalogue.PATH} is missing"}
    chromium = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None or shutil.which("npm") is None or proxy.program() is None:
        raise SystemExit("This measurement needs apt-get install chromium nodejs npm nginx-light")
    _install()
    with growing.works(_WORKS):
        pages = _pages()
        with _served() as site:
            return {name: _scores(site + path, chromium) for name, path in pages.items()}


def _install() -> None:
    """Bring the locked Lighthouse to var/bench; a second run finds it there."""
    _HOME.mkdir(parents=True, exist_ok=True)
    lock = (_LOCKED / "package-lock.json").read_bytes()
    installed = _HOME / "installed-lock.json"
    if installed.exists() and installed.read_bytes() == lock:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_LOCKED / name, _HOME)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=_HOME, check=True)  # noqa: S607  npm's own place is the operator's
    installed.write_bytes(lock)


def _pages() -> Mapping[str, str]:
    """Return the path of each page that is looked at."""
    from altavoz.showcase.models import Creator
    from bench import paths

    creator = Creator.objects.filter(credits__publication__published_revision__isnull=False).earliest("pk")
    return {
        "home": "/es/",
        "explore": "/es/explore/",
        "work": next(path for path in paths.work() if path.startswith("/es/")),
        "creator": f"/es/{creator.page}",
        "language": "/es/languages/es/",
    }


@contextmanager
def _served() -> Iterator[str]:
    """Yield the address of our server behind nginx."""
    web, port = stage.free_port(), stage.free_port()
    site = f"http://127.0.0.1:{port}"
    ours = stage.process(stage.altavoz("serve", "--port", str(web)), port=web, env={"ALTAVOZ_URL": site})
    with ours, proxy.before(web, var=stage.HOME, port=port):
        yield site


def _scores(url: str, chromium: str) -> dict[str, int]:
    reports = [_report(url, chromium) for _ in range(_RUNS)]
    for missed in sorted({words for report in reports for words in _missed(report)}):
        print(f"  {url} {missed}", flush=True)  # noqa: T201  what to mend is what this program is for
    return {
        name.replace("-", "_"): round(median(report["categories"][name]["score"] * 100 for report in reports))
        for name in _CATEGORIES
    }


def _report(url: str, chromium: str) -> dict[str, Any]:
    """Return what Lighthouse found in one visit on its slow phone."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/report.json"
        command = ["node", "node_modules/lighthouse/cli/index.js", url, "--quiet", f"--chrome-flags={_FLAGS}"]
        command += ["--output=json", f"--output-path={path}", f"--only-categories={','.join(_CATEGORIES)}"]
        environment = os.environ | {"CHROME_PATH": chromium}
        subprocess.run(command, cwd=_HOME, check=True, env=environment)  # noqa: S603  ours
        found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
        return found


def _missed(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what costs points, in Lighthouse's words."""
    for category in _CATEGORIES:
        for part in report["categories"][category]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
