# skillweights: `make` prints the commands. Every target does its own set-up; only Python >= 3.11 and make are needed.
SHELL := /bin/sh
# Where this is set, every process compiles all it imports anew: 7 s of a processor for each night, worker and command.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help

SKILLWEIGHTS_HOME ?= $(CURDIR)/data
export SKILLWEIGHTS_HOME
# Libraries send nothing home unless somebody turns it on.
export PREFECT_SERVER_ANALYTICS_ENABLED ?= false
export DO_NOT_TRACK ?= 1

# The first Python >= 3.11 of these names; PYTHON=/path/to/python chooses another.
CANDIDATES := python3 python3.11 python3.12 python3.13 python3.14 python
BIN := .venv/bin
# A stamp's name holds what it depends on, so a changed lock or a moved folder installs again and nothing else does.
RUN_STAMP := .venv/.run-$(shell { cat requirements-uv.lock requirements.lock pyproject.toml; pwd; } | cksum | tr ' ' '-')
DEV_STAMP := .venv/.dev-$(shell { cat requirements-uv.lock requirements-dev.lock pyproject.toml; pwd; } | cksum | tr ' ' '-')
# A process for each processor, at most four: a night in a test takes up to half a gigabyte. A file's tests stay together;
# files begin in the order of folders, for integration's long ones would else begin last and end alone.
PARALLEL := -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder
PYTHON_FOLDERS := schemas transforms warehouse exports flows tests
COMPILE := $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate --universal --python-version 3.11

.PHONY: help setup setup-dev run test check lint bench quality docs lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(RUN_STAMP) ## create .venv and install the locked packages (instant the second time)

setup-dev: $(DEV_STAMP) ## the same with what tests and checks need

run: $(RUN_STAMP) ## one night over the embedded synthetic market, then verify its release
	$(BIN)/skillweights nightly
	$(BIN)/skillweights verify "$(SKILLWEIGHTS_HOME)/releases/v1"

test: $(DEV_STAMP) ## all tests
	$(BIN)/python -m pytest $(PARALLEL)

check: $(DEV_STAMP) ## ruff, formatting, mypy --strict, fast tests, all at once
	PYTHON_FOLDERS="$(PYTHON_FOLDERS)" .ci/check $(PARALLEL) -m "not slow"

lint: $(DEV_STAMP) ## ruff, formatting, mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy $(PYTHON_FOLDERS)

bench: $(DEV_STAMP) ## measure against the bars; writes $SKILLWEIGHTS_HOME/bench.json
	$(BIN)/skillweights bench

quality: $(DEV_STAMP) ## score the reader on labelled text, its own and that of others, with intervals
	$(BIN)/skillweights quality

docs: $(DEV_STAMP) ## write docs/data-dictionary.md again from the declarations
	$(BIN)/skillweights dictionary > .venv/data-dictionary.md
	mv .venv/data-dictionary.md docs/data-dictionary.md

lock: $(DEV_STAMP) ## resolve the locks again (LOCK_ARGS=--upgrade moves all of them at once)
	$(COMPILE) $(LOCK_ARGS) --extra build pyproject.toml -o requirements.lock
	$(COMPILE) $(LOCK_ARGS) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	echo uv | $(COMPILE) $(LOCK_ARGS) - -o requirements-uv.lock

clean: ## remove caches and the environment; data/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache skillweights.egg-info
	find $(PYTHON_FOLDERS) -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@found=; for name in $(PYTHON) $(CANDIDATES); do \
	  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { found=$$name; break; }; done; \
	test -n "$$found" || { echo "skillweights needs Python 3.11 or newer and found none of: $(PYTHON) $(CANDIDATES)." \
	  "Install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }; \
	"$$found" -m venv --clear .venv || { rm -rf .venv; echo "$$found cannot make virtual environments: install its venv" \
	  "module (on Debian and Ubuntu the package python3-venv)." >&2; exit 1; }

$(RUN_STAMP): | $(BIN)/python
	.ci/install requirements.lock
	@rm -f .venv/.run-* && touch $@

$(DEV_STAMP): | $(BIN)/python
	.ci/install requirements-dev.lock
	@rm -f .venv/.dev-* .venv/.run-* && touch $@ $(RUN_STAMP)
