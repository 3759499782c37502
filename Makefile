# Altavoz needs nothing but make and a Python from 3.11 on. `make` alone lists what there is.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
ONLY ?=
TESTS ?=

.PHONY: help demo test check bench lock format messages

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: $(VENV)/.run ## Show everything with an invented community, http://localhost:8000
	@exec $(BIN)/altavoz demo --port $(PORT)

test: $(VENV)/.dev ## Run every test (TESTS=… for some) and measure coverage
	@$(BIN)/altavoz catalogues
	@$(BIN)/python -m pytest $(if $(TESTS),$(TESTS),--cov --cov-report=term:skip-covered)

check: $(VENV)/.dev ## Lint, types, layers, templates, migrations, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src/altavoz
	$(BIN)/lint-imports
	$(BIN)/djlint src/altavoz --lint --quiet
	$(BIN)/altavoz makemigrations --check --dry-run
	$(BIN)/altavoz catalogues --check

bench: $(VENV)/.bench ## Measure (ONLY=ingest or ONLY=web for one) and write var/bench/
	@$(BIN)/python -m bench $(ONLY)

lock: $(VENV)/.dev ## Choose newer versions of what we depend on, with hashes
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	requirements/lock.sh

format: $(VENV)/.dev ## Lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/.dev ## Bring new texts into the catalogues
	$(BIN)/altavoz catalogues --update

# A stamp holds the hash of the lock it was installed from; a second run compares and does nothing.
$(VENV)/.run: requirements/run.txt pyproject.toml requirements/install.sh
	@requirements/install.sh run
$(VENV)/.dev: requirements/dev.txt pyproject.toml requirements/install.sh
	@requirements/install.sh dev
$(VENV)/.bench: requirements/bench.txt pyproject.toml requirements/install.sh
	@requirements/install.sh bench
