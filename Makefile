# The one way in. Every target sets up what it needs; CI runs the same targets as a person.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
DATA ?= parure-data

.PHONY: demo test check bench docs clean
.DEFAULT_GOAL := demo

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parure needs Python 3.11 or newer; set PYTHON=/path/to/python3")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(VENV)/.installed  ## the sample shop: set up, import, two searches, then serve it (SERVE=0: do not serve)
	$(BIN)/parure --data $(DATA) demo $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(VENV)/.installed-dev  ## every test
	$(BIN)/pytest --cov --cov-report=term

check: $(VENV)/.installed-dev  ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev  ## the benchmarks, each printing ratios against named peers; one whose extra is absent says so
	$(BIN)/python bench/search.py
	$(BIN)/python bench/ingest.py
	$(BIN)/python bench/analyse.py
	$(BIN)/python bench/api.py
	$(BIN)/python bench/names.py
	$(BIN)/python bench/sheets.py
	$(BIN)/python bench/curate.py scan
	$(BIN)/python bench/curate.py duplicates
	$(BIN)/python bench/curate.py plan
	$(BIN)/python bench/curate.py apply
	$(BIN)/python bench/render.py

docs: $(VENV)/.installed-dev  ## check that every command in README and docs runs
	$(BIN)/pytest tests/docs

clean:  ## forget the environment and caches; data folders stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage
