SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
unexport PYTHONDONTWRITEBYTECODE  # else every process of the sandbox compiles all of us anew

PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PROGRESS := /^ *(Collecting|Processing|Requirement already)/ { printf "\r  %d packages found", ++n; fflush() } \
  /^Installing/ { print "\n  unpacking them"; fflush() } \
  END { print "\n  done" }

.PHONY: help install demo run test check stories evidence bench chaos fidelity pictures format lock

help: ## Shows what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## Creates .venv from requirements.lock (again when the lock is newer)

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11, or say make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11" >&2; exit 1; }
	@echo "Installing into .venv (about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@set -o pipefail; $(PIP) install --require-hashes -r requirements.lock | awk '$(PROGRESS)'
	@$(PIP) install --no-deps --no-build-isolation --quiet -e .
	@touch $@

demo: install ## Plays the first deal from the customer's yes to the win, then stops (a minute)
	@$(BIN)/python -m sandbox demo

run: install ## Starts the same company and leaves it running; prints the addresses
	@$(BIN)/python -m sandbox run

test: install ## Runs every test; docs/stories.md must say what passed
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile
	@$(BIN)/python -m tests.stories_report --check

check: install ## Format, lint, types, import contracts, shape and unit tests (under a minute)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 -m "not slow" tests/shape tests/unit

stories: install ## Makes docs/stories.md from docs/stories.json
	@$(BIN)/python -m tests.stories_report

evidence: install ## Makes docs/evidence.md: every number that the specification asks for
	@$(BIN)/python -m benchmarks.evidence

bench: install ## Measures everything anew, each beside its peer (half an hour; leave the machine alone meanwhile)
	@for what in ack steps walked cost quality selection quotes conflicts plans approvals_simulated chances_simulated bottlenecks_simulated precedents documents clicks; do echo "== $$what"; $(BIN)/python -m benchmarks.$$what || exit 1; done
	@! command -v chromium >/dev/null || $(BIN)/python -m benchmarks.page
	@$(BIN)/python -m benchmarks.evidence

chaos: install ## Kills at every crash point, pass after pass, and races more seeds, on both databases (an hour)
	@$(BIN)/python -m tests.chaos.matrix

fidelity: install ## Makes docs/fidelity.md: what is used of Slack, and how true the sandbox is to it
	@$(BIN)/python -m tests.fidelity_report

pictures: install ## Takes the README's pictures anew (needs Chromium, a minute)
	@$(BIN)/python -m tests.browser.pictures

format: install ## Formats the code, and mends what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: install ## Resolves pyproject.toml anew into requirements.lock
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --disable-pip-version-check --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --universal --python-version 3.11 \
	  --upgrade --no-emit-index-url --custom-compile-command 'make lock' --quiet -o requirements.lock
