# make run     the board, on your extracts or on a sample          make fix    what ruff and sqlfluff can mend
# make test    lint and all tests, in a real browser too           make check  lint and types, no tests
# make bench   how fast it is; bench-peers: beside others          make lock   pin the newest that *.in allow
# make office  do reports open in LibreOffice, each page looked at
# make cluster do a real Spark cluster and DuckDB agree, a worker killed on the way
#
# PYTHON=python3.12  another Python    QA_DATA=folder  other extracts    PORT=8600    CHROMIUM=/path  another browser    POSTGRES=folder  another server
SHELL := /bin/sh
.DEFAULT_GOAL := run

# The first that starts and is new enough; without one, tools/set_up.py says what is missing.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && exit; done; echo python3)
DATA := $(or $(QA_DATA),data/extracts)
BIN := .venv/bin
PORT ?= 8501
TESTS ?= tests
# One more at once than there are processors: tests of pages wait for browsers half the time. Files in their order: those of
# one folder share a browser, and the last ones are short.
PYTEST ?= --numprocesses $(shell $(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)') --dist loadfile --no-loadscope-reorder
export PYTHONUTF8 := 1
# Containers often set this; each of the many Pythons started below would then compile every library it imports again.
export PYTHONDONTWRITEBYTECODE :=

RUN_STAMP := .venv/installed-requirements.txt
DEV_STAMP := .venv/installed-requirements-dev.txt

.PHONY: run data test office cluster lint check fix bench bench-peers lock chromium postgres

run: data
	QA_DATA="$(DATA)" $(BIN)/python serve.py \
		--server.port $(PORT) --server.headless false --server.showEmailPrompt false

# A folder without extracts gets the sample; a folder with extracts is only brought up to date.
data: $(RUN_STAMP)
	@test -n "$$(ls "$(DATA)" 2>/dev/null)" || $(BIN)/python -m qa sample --into "$(DATA)" --scale small
	$(BIN)/python -m qa build --data "$(DATA)"

test: lint chromium postgres
	$(BIN)/python -m pytest $(PYTEST) --ignore=tests/office --ignore=tests/cluster $(TESTS)

# Do the files of reports open in LibreOffice? Takes a minute, and an installation of 400 MB the first time.
office: $(DEV_STAMP)
	@$(BIN)/python -m tools.libreoffice --install
	$(BIN)/python -m pytest tests/office

# Does a real cluster compute the same? Takes some minutes, and an installation of 450 MB the first time.
cluster: $(DEV_STAMP)
	@$(BIN)/python -m tools.spark --install
	$(BIN)/python -m pytest tests/cluster

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 queries

check: lint
	$(BIN)/mypy

fix: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --disable-progress-bar --processes 0 queries

chromium: $(DEV_STAMP)
	@$(BIN)/python -m tools.chromium --install

postgres: $(DEV_STAMP)
	@$(BIN)/python -m tools.postgres --install

# ONLY=clicks,server for some of them. Half an hour for all, and 6 GB of data the first time.
bench: $(DEV_STAMP) chromium
	$(BIN)/python -m benchmarks --only "$(ONLY)"

# The same page with Superset, Dash and Evidence, set up under benchmarks/work/peers; Node.js, 3 GB and a quarter of an hour the first time.
bench-peers: $(DEV_STAMP) chromium
	$(BIN)/python -m benchmarks.peers

lock: $(DEV_STAMP)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
		--custom-compile-command "make lock" requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
		--custom-compile-command "make lock" requirements-spark.in --output-file requirements-spark.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
		--custom-compile-command "make lock" requirements-dev.in --output-file requirements-dev.txt

$(RUN_STAMP): requirements.txt
	$(PYTHON) tools/set_up.py

$(DEV_STAMP): requirements.txt requirements-dev.txt
	$(PYTHON) tools/set_up.py --dev
