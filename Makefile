# The two commands of a fresh machine: `make crawl` and `make test`. Both make .venv first, with Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= sample
# The sample newspaper is fiction: it is answered from recorded pages and reaches no network.
REPLAY := $(if $(filter sample,$(SITE)),-s REPLAY=samples/sample.warc.gz)

.PHONY: help install crawl test lint types format clean bench-extraction constraints

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

install: $(VENV)/.installed ## make .venv with everything that crawling and testing need

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[local,dev]'
	@touch $@

crawl: install ## crawl the sample newspaper, or SITE=name, and print what is stored
	$(BIN)/scrapy crawl $(SITE) $(REPLAY)
	$(BIN)/scrapy search --site $(SITE) --limit 50

test: install lint types ## lint, types and tests
	$(BIN)/python -m pytest

lint: install ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## mypy
	$(BIN)/mypy

format: install ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench-extraction: install ## extraction beside its rivals (installs them into .venv)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks.extraction

constraints: ## renew constraints.txt from what the ranges of pyproject.toml allow today
	rm -rf $(VENV)-constraints
	$(PYTHON) -m venv $(VENV)-constraints
	$(VENV)-constraints/bin/python -m pip install --quiet '.[local,dev,bench]'
	{ head -1 constraints.txt; $(VENV)-constraints/bin/python -m pip freeze | grep -v '^naba'; } > constraints.new
	mv constraints.new constraints.txt
	rm -rf $(VENV)-constraints

clean: ## remove .venv and caches; data/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache *.egg-info build
