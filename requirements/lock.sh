#!/bin/sh
# Writes the three locks from pyproject.toml, with hashes and without any index address (`make lock`).
set -eu
cd "$(dirname "$0")/.."
lock() {
  out="$1"; shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --no-annotate --extra build "$@" pyproject.toml -o "requirements/$out.txt"
  # CPython on Linux and macOS is all we lock for, so the marker that says so is noise.
  sed -i.bak -E "s/ ; \(python_full_version < '3\.15' and (implementation_name != 'pypy' and )?platform_python_implementation == 'CPython' and sys_platform == 'darwin'\) or \(python_full_version < '3\.15' and (implementation_name != 'pypy' and )?platform_python_implementation == 'CPython' and sys_platform == 'linux'\)//" "requirements/$out.txt"
  rm -f "requirements/$out.txt.bak"
}
lock run
lock dev --extra dev -c requirements/run.txt
lock bench --extra dev --extra bench -c requirements/dev.txt
