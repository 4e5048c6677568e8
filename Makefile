# The two commands of a fresh machine: `make crawl` and `make test`. Both make .venv first, with Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= sample
# The rivals' dependencies must not disturb the tests: they get an environment of their own.
BENCH := .venv-bench
FUNDUS := .venv-bench-fundus
PAGES ?=
OPTIONS ?=
# The sample newspaper is fiction: it is answered from recorded pages and reaches no network.
REPLAY := $(if $(filter sample,$(SITE)),-s REPLAY=samples/sample.warc.gz)

CHECK_PYTHON = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: help install crawl test lint types format clean constraints
.PHONY: bench-archive bench-extraction bench-dates bench-discovery bench-schedule bench-stems bench-query bench-dedup

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

install: $(VENV)/.installed ## make .venv with everything that crawling and testing need

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP_INSTALL) --constraint constraints.txt --editable '.[local,data,room,workers,dev]'
	@touch $@

crawl: install ## crawl the sample newspaper, or SITE=name, and print what is stored
	$(BIN)/scrapy crawl $(SITE) $(REPLAY)
	$(BIN)/scrapy search --site $(SITE) --limit 50

test: install lint types ## lint, types and tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope

lint: install ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## mypy
	$(BIN)/mypy

format: install ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench-extraction: $(BENCH)/.installed ## extraction beside its rivals (in .venv-bench), on PAGES="FOLDER ..." or the known ones
	@$(BENCH)/bin/python -m benchmarks.extraction $(OPTIONS) $(PAGES)

bench-stems: $(BENCH)/.installed ## stems of Arabic words: what is found, what is taken for one, beside other stemmers
	@$(BENCH)/bin/python -m benchmarks.stems $(OPTIONS)

bench-query: install ## questions to 100,000 generated articles: search by words, what its indexes cost, exports
	@$(BIN)/python -m benchmarks.query $(OPTIONS)

bench-discovery: install ## a newspaper of 5,000 articles on loopback: what each crawl asks for and stores, killed five times too
	$(BIN)/python -m benchmarks.discovery

bench-dedup: install ## copies of stories: recall and precision on planted ones, the cost of an article at 10,000 and 1,000,000
	@$(BIN)/python -m benchmarks.dedup $(OPTIONS)

bench-archive: install $(BENCH)/.installed $(FUNDUS)/.installed ## WARC files imported and pages read again, beside news-please and Fundus
	$(BIN)/python -m benchmarks.archive --news-please $(BENCH)/bin/python --fundus $(FUNDUS)/bin/python $(OPTIONS)

bench-schedule: install ## a simulated week of thirty newspapers, crawled and watched; the scheduler's own week; workers killed at random on two brokers
	@$(BIN)/python -m benchmarks.schedule.week
	@$(BIN)/python -m benchmarks.schedule.records --seeds 1
	@$(BIN)/python -m benchmarks.schedule.long_run
	@$(BIN)/python -m benchmarks.schedule.workers

bench-dates: install ## date lines: right, wrong, none and time, beside dateparser, dateutil, htmldate
	@$(BIN)/python -m benchmarks.dates $(OPTIONS)

# Naba by the pip that is there, as make install does. The rivals by a new one: pip 23 finds no lxml for newspaper4k.
# One that does not install is left out; the report says so.
$(BENCH)/.installed: pyproject.toml constraints.txt $(wildcard benchmarks/*/rivals.txt)
	@$(CHECK_PYTHON)
	rm -rf $(BENCH)
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python $(PIP_INSTALL) --constraint constraints.txt --editable .
	$(BENCH)/bin/python $(PIP_INSTALL) --upgrade 'pip>=26'
	cat benchmarks/*/rivals.txt | grep -v '^#' | while read -r rival; do \
		$(BENCH)/bin/python $(PIP_INSTALL) "$$rival" < /dev/null || echo "not installed: $$rival" >&2; done
	@touch $@

# Fundus wants an older lxml than Naba, and an older curl-cffi than it says.
$(FUNDUS)/.installed:
	@$(CHECK_PYTHON)
	rm -rf $(FUNDUS)
	$(PYTHON) -m venv $(FUNDUS)
	$(FUNDUS)/bin/python $(PIP_INSTALL) 'fundus==0.5.7' 'curl-cffi>=0.15,<0.16' || echo "not installed: fundus" >&2
	@touch $@

constraints: ## renew constraints.txt from what the ranges of pyproject.toml allow today
	rm -rf $(VENV)-constraints
	$(PYTHON) -m venv $(VENV)-constraints
	$(VENV)-constraints/bin/python -m pip install --quiet '.[local,javascript,data,room,workers,dev]'
	{ head -1 constraints.txt; $(VENV)-constraints/bin/python -m pip freeze | grep -v '^naba'; } > constraints.new
	mv constraints.new constraints.txt
	rm -rf $(VENV)-constraints

clean: ## remove .venv, .venv-bench* and caches; data/ stays
	rm -rf $(VENV) $(BENCH) $(FUNDUS) .mypy_cache .pytest_cache .ruff_cache *.egg-info build
