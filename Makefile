# One task runner; .ci/run does exactly what these targets do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FAST := .venv-fast
DEMO := $(addprefix tests/cases/pages/,n-tv.html tagesschau.html derstandard.html paste-glued.txt)

.PHONY: demo test lint fast model votes bench bench-model clean help

help:
	@echo "make demo         set up and code the example pages"
	@echo "make test         set up and run all tests"
	@echo "make lint         ruff and mypy"
	@echo "make fast         a second set-up in .venv-fast whose busiest modules are compiled to C"
	@echo "make bench        one table of every gate (docs/evaluation.md)"
	@echo "make bench-model  scores of the language pipeline (docs/model.md)"
	@echo "make model        train the language pipeline from \$$LAGEBILD_DATA"
	@echo "make votes        train the layers' votes anew, after a new pipeline or lexicon"

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $(READY)

demo: $(READY)
	$(BIN)/lagebild code $(DEMO) --format table

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fast:
	$(PYTHON) -m venv $(FAST)
	$(FAST)/bin/python -m pip install --quiet --upgrade pip "setuptools>=77"
	$(FAST)/bin/python -m pip install --quiet ".[dev]"
	LAGEBILD_COMPILE=1 $(FAST)/bin/python -m pip install --quiet --no-build-isolation --no-deps --force-reinstall .

bench: $(READY)
	$(BIN)/python -m bench

bench-model: $(READY)
	$(BIN)/python -m bench.model

model: $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[train]"
	$(BIN)/python -m model

votes: $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[train]"
	for vote in actors speech status events settings debate ledger_counterclaims ledger; do $(BIN)/python -m model.$$vote || exit 1; done

clean:
	rm -rf $(VENV) $(FAST) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
