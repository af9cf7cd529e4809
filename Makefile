# `make demo` and `make test` are all a newcomer needs; both work on a machine with only Python 3.11, make and git.
# Every target says in its `##` comment what it is for; `make help` prints them.
.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT := build

.PHONY: help demo map test check format cases bench bench-map vendor fuzz coverage clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# Made again when what has to be installed may have changed; PYTHON chooses the interpreter (default: the newest found).
$(STAMP): pyproject.toml .ci/environment
	PYTHON='$(PYTHON)' sh .ci/environment '$(VENV)'
	@touch $@

demo: $(STAMP)  ## check sample_vault, write the reports and the map to build/demo and say where they are
	@mkdir -p $(OUT)/demo
	$(BIN)/vaultcheck check --vault sample_vault --output full=$(OUT)/demo/report.txt --output json=$(OUT)/demo/report.json || test $$? -eq 1
	@echo 'sample_vault has planted faults, listed in sample_vault/README.md. What vaultcheck says about them:'
	@echo '  to read:      $(OUT)/demo/report.txt'
	@echo '  for programs: $(OUT)/demo/report.json'
	$(BIN)/vaultcheck map --vault sample_vault -o $(OUT)/demo/map
	@echo '  to look at:   $(OUT)/demo/map/index.html'

map: $(STAMP)  ## draw the map of a vault; VAULT=path, default sample_vault
	$(BIN)/vaultcheck map --vault '$(or $(VAULT),sample_vault)' --output $(OUT)/map

test: check  ## everything that continuous integration runs

check: $(STAMP)  ## format, lint, types, import contracts and all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: $(STAMP)  ## let ruff rewrite the sources
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

cases: $(STAMP)  ## rewrite the expected reports of the cases; read the difference before committing it
	$(BIN)/python -m pytest --update-cases tests/test_cases.py tests/golden

fuzz: $(STAMP)  ## the laws of tests/properties with many more examples; SECONDS=600 for longer
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),120)

bench: $(STAMP)  ## compare with other link checkers on a generated vault; VAULT=path for one of your own
	$(BIN)/python -m bench.run $(if $(VAULT),--vault '$(VAULT)') --work $(OUT)/bench

bench-map: $(STAMP)  ## measure the map of concepts on 10,000 notes; its page is opened when there is a Chromium
	$(BIN)/python -m bench.map --work $(OUT)/bench-map $(if $(VAULT),--vault '$(VAULT)')

vendor: $(STAMP)  ## fetch the scripts that the map borrows, as templates/vendor locks them, and write their manifest
	$(BIN)/python -m tests.vendored --write

coverage: $(STAMP)  ## all tests with branch coverage; note/ and graph/ must reach 95 %
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered
	@echo 'Reading and resolving, of which 95 % must be covered:'
	$(BIN)/coverage report --include='vaultcheck/note/*,vaultcheck/graph/*' --fail-under=95

clean:  ## remove the environment and everything that was built
	rm -rf '$(VENV)' $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
