# Two commands are all a newcomer needs: make run, make test. Needs Python 3.11+, Node 20+ and make.
PYTHON ?= python3
BIN := .venv/bin
BENCHMARKS := archive claims dates extraction ingest latency linking
export BACKSTORY_HOME ?= $(CURDIR)/.backstory
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test check bench extension pin browsers clean

help:            ## say what can be made
	@sed -nE 's/^([a-z%-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

setup: .venv/.done extension/dist/.done  ## install everything into .venv and build the extension

run: setup       ## start Backstory on http://127.0.0.1:8478 with the sample coverage in its archive
	$(BIN)/backstory serve --sample

test: setup browsers  ## pass every test, browsers included
	$(BIN)/pytest
	cd extension && npm test

check: setup     ## lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	for name in $(BENCHMARKS); do \
	  MYPYPATH=backend:tests/benchmarks:tests/benchmarks/$$name $(BIN)/mypy tests/benchmarks/$$name || exit 1; done
	$(BIN)/lint-imports
	cd extension && npm run check

bench: $(BENCHMARKS:%=bench-%)  ## measure everything

bench-%: setup   ## measure one thing: latency, dates, claims, extraction, linking, archive or ingest
	PYTHONPATH=tests/benchmarks $(BIN)/python tests/benchmarks/$*/run.py $(ARGS)

extension: extension/dist/.done  ## build the extension for each browser

pin:             ## renew the pinned requirements, with hashes and no address
	$(BIN)/pip install --quiet uv
	for kind in run embedder dev training; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --output-file requirements/$$kind.txt requirements/$$kind.in; done

browsers:        # the real browsers that tests drive, from the system's packages where that is allowed
	@bash tests/browser/install.sh

clean:           ## forget what was built, keep what was archived
	rm -rf .venv extension/node_modules extension/dist

.venv/.done: pyproject.toml requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

extension/dist/.done: extension/node_modules/.done $(shell find extension/src extension/_locales extension/tools -type f 2>/dev/null) extension/manifest.json extension/build.mjs
	cd extension && npm run build
	touch $@

extension/node_modules/.done: extension/package.json extension/package-lock.json
	cd extension && npm ci --no-audit --no-fund
	touch $@
