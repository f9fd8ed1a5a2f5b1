# Two commands do everything on a fresh machine with Python >= 3.11 and make:
#   make demo   sets up and runs the main job on the fixtures, results in reports/demo
#   make test   sets up and runs the tests
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: setup dev demo test check gate bench bench-large background fuzz explore lock clean

setup: .venv/.installed

dev: .venv/.installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) .venv
else
	$(PYTHON) -m venv .venv
endif

ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src # else the first start, or every one where Python may not write, takes twice as long
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(INSTALL) -r requirements-dev.lock
	@touch $@

demo: setup
	$(BIN)/python scripts/render_demo.py

test: dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: dev
	$(BIN)/python gate/run.py

bench: dev
	$(BIN)/python benchmarks/run.py

bench-large: dev
	$(BIN)/python benchmarks/run.py --large

# DATA: the unpacked work reports and authority texts of the evaluation material.
background: dev
	$(BIN)/python scripts/make_background.py $(DATA)
	$(BIN)/python scripts/train_specific.py
	$(BIN)/python scripts/calibrate.py $(DATA)

fuzz: dev
	$(BIN)/python scripts/fuzz_readers.py --mutations 10000

# The property tests with new examples, ten rounds; the test command tries the same ones each time.
explore: dev
	for round in 1 2 3 4 5 6 7 8 9 10; do $(BIN)/python -m pytest -q -m hypothesis --hypothesis-profile=explore $(PYTEST_ARGS) || exit 1; done

# The lock files name versions and hashes, never an index.
lock: dev
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml scripts/build-backend.in -o requirements.lock
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml scripts/build-backend.in -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
