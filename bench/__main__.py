"""Run the measurements: `python -m bench [ingest|lighthouse|search|web]`, or `make bench ONLY=ingest`."""

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any

NAMES = ("ingest", "lighthouse", "search", "web")
OUT = Path("var/bench")


def main() -> None:
    """Run one measurement or all, print the figures and write them to var/bench/<name>.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*NAMES, []], help="which; all unless told")
    for name in parser.parse_args().only or NAMES:
        figures: dict[str, Any] = import_module(f"bench.{name}").measure()
        OUT.mkdir(parents=True, exist_ok=True)
        text = json.dumps(figures, indent=2, ensure_ascii=False)
        (OUT / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name} {text}", flush=True)  # noqa: T201  figures are what this program prints


main()
