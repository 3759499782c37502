"""Load by wrk: sixteen visitors who ask without pause, and what they waited."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CONNECTIONS = 16
_REPORT = """
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\nFIGURES {"requests": %d, "us": %d, "p50_us": %d, "p95_us": %d, "errors": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""
# Without `request` wrk sends one prepared request, which costs it nothing.
_MANY = """
local number = 0
function setup(thread) thread:set("number", number); number = number + 1 end
function init(args)
  math.randomseed(tonumber(args[1]) + number)
  requests = {}
  for path in io.lines(args[2]) do requests[#requests + 1] = wrk.format("GET", path) end
end
function request() return requests[math.random(#requests)] end
"""


@dataclass(frozen=True)
class Figures:
    """Requests a second, and what half and nineteen in twenty of them waited at most, in milliseconds."""

    rps: float
    p50_ms: float
    p95_ms: float


def require() -> None:
    """Raise SystemExit with what to install where wrk is missing."""
    if shutil.which("wrk") is None:
        raise SystemExit("This measurement needs wrk: apt-get install wrk")


def run(port: int, paths: Sequence[str], *, seconds: float, seed: int = 1) -> Figures:
    """Return what a server at `port` does when the paths are asked for at random. Any error ends the program."""
    with TemporaryDirectory() as name:
        script, listed = Path(name) / "load.lua", Path(name) / "paths"
        script.write_text(_REPORT + (_MANY if len(paths) > 1 else ""), encoding="ascii")
        listed.write_text("\n".join(paths) + "\n", encoding="ascii")
        command = [
            "wrk",
            f"-t{os.cpu_count() or 1}",
            f"-c{CONNECTIONS}",
            f"-d{seconds:.0f}s",
            "--timeout",
            "30s",
        ]
        command += ["-s", str(script), f"http://127.0.0.1:{port}{paths[0]}", "--", str(seed), str(listed)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  ours
    return _read(done.stdout)


def _read(said: str) -> Figures:
    line = next(line for line in said.splitlines() if line.startswith("FIGURES "))
    values = json.loads(line.removeprefix("FIGURES "))
    if values["errors"] or not values["requests"]:
        raise SystemExit(f"{values['errors']} of {values['requests']} requests failed:\n{said}")
    return Figures(
        rps=round(values["requests"] / values["us"] * 1e6, 1),
        p50_ms=round(values["p50_us"] / 1000, 1),
        p95_ms=round(values["p95_us"] / 1000, 1),
    )
