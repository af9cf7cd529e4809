# `make demo` and `make test` are all a newcomer needs; both work on a machine with only Python 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check format cases bench fuzz coverage clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group dev --editable .
	touch $(STAMP)

demo: $(STAMP)  ## check sample_vault and say where the report is
	mkdir -p build
	-$(BIN)/vaultcheck check --vault sample_vault --output json=build/report.json
	@echo "The report is in build/report.json"

test: check  ## everything that continuous integration runs

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

cases: $(STAMP)  ## rewrite the expected reports of the cases; read the difference
	$(BIN)/python -m pytest --update-cases tests/cases tests/golden

coverage: $(STAMP)
	$(BIN)/python -m pytest --cov --cov-report=term-missing

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
