"""What can be asked for or listened to is documented: facts, commands, dependencies."""

import re
import tomllib
from pathlib import Path

from altavoz.core import events, jobs

ROOT = Path(__file__).parents[4]
DOCS = ROOT / "docs"


def test_every_fact_is_documented_with_its_fields_and_handlers() -> None:
    told = _rows((DOCS / "events.md").read_text(encoding="utf-8"))
    real = {
        name: (
            ", ".join(sorted(set(fact.__dataclass_fields__) - {"subject", "name"})) or "none",
            ", ".join(sorted(handlers)) or "nobody yet",
        )
        for name, (fact, handlers) in events.known().items()
        if not name.startswith("tests.")
    }
    assert told == real


def _rows(text: str) -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| `([a-z_.]+)` \| .*? \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    return {name: (fields.replace("`", ""), handlers.replace("`", "")) for name, fields, handlers in rows}


def test_every_task_has_a_name_of_its_room() -> None:
    ours = [name for name, task in jobs.app.tasks.items() if task.func.__module__.startswith("altavoz.")]
    assert all(jobs.app.tasks[name].func.__module__.split(".")[1] == name.split(".")[0] for name in ours)


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        _name(line) for line in [*project["dependencies"], *extras["dev"], *extras["build"], *extras["bench"]]
    }
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    told = {
        name.strip().lower()
        for row in re.findall(r"^\| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
        for name in row.split(",")
    }
    assert wanted - told == set()
    assert told - wanted == {"package"}


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;! ]", requirement)[0].lower()
