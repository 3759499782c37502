#!/bin/sh
# Makes .venv and installs one lock into it: requirements/install.sh run|dev|bench. `make` calls it.
set -eu
cd "$(dirname "$0")/.."
which=$1
lock=requirements/$which.txt
stamp=.venv/.$which
umask 022  # as root, PostgreSQL's own user must be able to read its programs

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
  for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "Altavoz needs Python 3.11 or newer, with venv, and found none.
  Debian, Ubuntu:  apt-get install python3 python3-venv
  Fedora:          dnf install python3
  macOS:           brew install python@3.13
Or name one:       make demo PYTHON=/path/to/python3"
}

# The hash of what is installed from: the lock, and what pyproject.toml says about the package.
wanted=$(cat "$lock" pyproject.toml requirements/install.sh | cksum)
if [ -x .venv/bin/altavoz ] && [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
  touch "$stamp"
  exit 0
fi

if ! .venv/bin/python -c '' 2>/dev/null; then
  python=$(find_python)
  say "Making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv || fail "The environment could not be made. Is the disk full? Is python3-venv installed?"
fi
say "Installing $(grep -c '==' "$lock") packages, each checked against its hash (a minute or two, once)"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
failed=.venv/.failed
rm -f "$failed"
{ .venv/bin/python -m pip install --progress-bar off --require-hashes -r "$lock" || touch "$failed"; } \
  | while read -r line; do
      case $line in
        Collecting*) printf '  %s\n' "${line#Collecting }" | cut -d' ' -f1-3 >&2 ;;
        Installing*) printf '  installing all of them…\n' >&2 ;;
      esac
    done
[ ! -e "$failed" ] || fail "Installing failed, see above. No network? A full disk? Then run the same command again."
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e . \
  || fail "Installing Altavoz itself failed, see above."

# Each lock holds the ones before it.
for each in run dev bench; do
  cat "requirements/$each.txt" pyproject.toml requirements/install.sh | cksum > ".venv/.$each"
  [ "$each" != "$which" ] || break
done
