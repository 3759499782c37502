"""The operator's page names every setting there is, and none that is not."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]
PAGE = ROOT / "docs/operating.md"
PLATFORMS = ("GITHUB", "GITLAB", "GOOGLE")


def _read() -> set[str]:
    """Return every name that the settings read when all that is optional is there."""
    chosen = {f"{name}_CLIENT_{what}": "x" for name in PLATFORMS for what in ("ID", "SECRET")}
    done = subprocess.run(
        [sys.executable, "-c", "from altavoz.config import settings; print(*settings.env.dump())"],
        env=os.environ | chosen | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def _documented() -> dict[str, str]:
    table = (
        PAGE.read_text(encoding="utf-8")
        .partition("<!-- settings:")[2]
        .partition("<!-- end of settings -->")[0]
    )
    return {
        row[1]: row[2].strip() for row in re.finditer(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", table, re.MULTILINE)
    }


def test_settings_and_their_page_agree() -> None:
    assert set(_documented()) == _read()


def test_variables_read_elsewhere_are_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = {
        match[1]
        for path in (ROOT / "src").rglob("*.py")
        if "tests" not in path.parts
        for match in re.finditer(r"environ(?:\.get\(|\[)[\"'](\w+)", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(names - {"DJANGO_SETTINGS_MODULE"}) if f"`{name}`" not in page] == []


def test_commands_on_the_page_exist() -> None:
    from typer.main import get_group

    from altavoz.config.cli.main import app

    page = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"\baltavoz ([a-z]+)\b(?=[`\s])", re.sub(r"(?m)^#.*|cd altavoz", "", page)))
    django = {"migrate", "createsuperuser"}
    prose = {"is", "and"}
    assert named - django - prose <= set(get_group(app).commands)
