# make chat: everything from nothing to the open app.
# make check: lint, types, import contracts and the quick tests.  make test: the slow ones too, as CI.
VENV ?= .venv
PYTHON ?= python3
# Windows keeps a virtual environment's programs in Scripts.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: chat check test attack texts mutants lint format clean

chat: $(VENV)/.installed
	$(BIN)/chatbot

# One process of tests per core, up to eight: each loads PyTorch. One that is done takes over tests of
# another, so that a few long ones at the end hold nothing up.
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 8 --dist worksteal

check: lint
	$(PYTEST) -m "not slow"

test: lint
	$(PYTEST)

# What could break it, at length: kills, signals, escapes, limits, forged files, fuzzed parsers
# (tests/attack). CI runs a short form of it with the other tests.
attack: $(VENV)/.installed-dev
	$(PYTEST) --attack 20 tests/attack tests/formats/test_never_crashes.py tests/learning/test_killed.py
	$(BIN)/python tests/attack/fuzz_parsers.py -max_total_time=300

# The catalogues of the interface's languages (docs/translating.md): takes new texts over from the
# code, drops those that are gone, and compiles.
texts: $(VENV)/.installed-dev
	$(BIN)/python tests/common/catalogues.py

# Which deliberate mistakes in the core no test notices: `mutmut results` lists them, `mutmut show`
# shows one. MODULE='chatbot.words*' does a part of it.
mutants: $(VENV)/.installed-dev
	$(BIN)/mutmut run $(if $(MODULE),"$(MODULE)",)
	$(BIN)/mutmut results

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@
