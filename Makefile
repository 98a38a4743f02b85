# `make run` and `make test` do all the set-up themselves, and none when it stands.

BIN := .venv/bin
# The floor holds for all tests together, so a part of them is run without it.
COVERAGE := --cov --cov-report=

.PHONY: help run test bench clean set-up

help:
	@echo "make run      open the window; make run ARGS='\"5x^3 + 2x^2\"' opens it on an expression"
	@echo "make test     linter, type checker, import contracts and all tests, with their coverage"
	@echo "make bench    measure speed; writes bench.json"
	@echo "make clean    remove the environment and everything that was made"

run: set-up
	@$(BIN)/python main.py $(ARGS)

test: set-up
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n logical --dist loadfile $(if $(ARGS),,$(COVERAGE)) $(ARGS)

bench: set-up
	@$(BIN)/python tests/benchmarks/run.py $(ARGS)

clean:
	rm -rf .venv build dist *.egg-info bench.json .coverage .coverage.*
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@scripts/set-up
