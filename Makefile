# `make run` and `make test` do all the set-up themselves, and none when it stands.

# Releases to try, as in `make test TORCH=2.14.1` or `make test PYTHON=python3.13`, have an environment
# of their own beside .venv. scripts/set-up finds PYTHON in its own environment.
TRIED := $(if $(filter command,$(origin PYTHON)),-$(notdir $(PYTHON)))
TRIED := $(TRIED)$(if $(TORCH),-torch-$(TORCH))$(if $(PYSIDE6),-pyside6-$(PYSIDE6))$(if $(PYQTGRAPH),-pyqtgraph-$(PYQTGRAPH))
PINS := $(if $(TORCH),torch==$(TORCH))
PINS += $(if $(PYSIDE6),PySide6_Essentials==$(PYSIDE6) shiboken6==$(PYSIDE6))
PINS += $(if $(PYQTGRAPH),pyqtgraph==$(PYQTGRAPH))
VENV := .venv$(TRIED)
BIN := $(VENV)/bin
# The floor holds for all tests together, so a part of them is run without it.
COVERAGE := --cov --cov-report=
# A worker that ends takes its test with it, which fails; where it is replaced, pytest-xdist 3.8.0
# may wait for ever for tests that are done already.
PARALLEL := -n logical --dist loadfile --max-worker-restart=0

.PHONY: help run test promises bench docs reference translations release clean set-up browser screen-reader

help:
	@echo "make run      open the window; make run ARGS='\"5x^3 + 2x^2\"' opens it on an expression"
	@echo "make test     linter, type checker, import contracts and all tests, with their coverage"
	@echo "make test TORCH=2.14.1   all tests with that release; also PYSIDE6=, PYQTGRAPH=, PYTHON="
	@echo "make promises  try whatever a user may rely on, at full length, with a figure for each"
	@echo "make bench    measure speed; writes bench.json and docs/benchmarks.md"
	@echo "make bench ARGS=pictures   only a part; 'peers' sets other programs beside gradviz, if installed"
	@echo "make docs     make the documentation, with its pictures, for Help ▸ Documentation"
	@echo "make reference  write docs/command_line.md from the command line itself"
	@echo "make translations  bring all texts of the sources into resources/translations"
	@echo "make release  build the wheel and the sdist in dist/, with checksums and release notes"
	@echo "make clean    remove the environment and everything that was made"

run: set-up
	@$(BIN)/python main.py $(ARGS)

ifeq ($(TRIED),)
test: set-up browser screen-reader
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python -m pytest $(PARALLEL) $(if $(ARGS),,$(COVERAGE)) $(ARGS)
else
# The other checks say nothing about a release. One outside of the range is not to be told here.
test: set-up browser screen-reader
	@GRADVIZ_ANY_VERSION=1 $(BIN)/python -m pytest $(PARALLEL) $(ARGS)
endif

# One at a time: some of them measure how soon the window answers. In a process of their own, so
# that one that ends or stops it is named, and the others are tried all the same.
promises: set-up browser
	@GRADVIZ_PROMISES=whole $(BIN)/python -m pytest -n 1 -o faulthandler_timeout=900 tests/promises $(ARGS)

bench: set-up
	@$(BIN)/python tests/benchmarks/run.py $(ARGS)

# The program takes the pictures itself. A page with a fault is not made.
docs: set-up
	@$(BIN)/python docs/pictures.py docs/pictures
	@$(BIN)/python -m sphinx -q -W --keep-going -E -d build/doctrees docs resources/documentation

reference: set-up
	@$(BIN)/python -m gradviz.cli.reference docs/command_line.md

translations: set-up
	@scripts/translations $(VENV)

release: set-up
	@$(BIN)/python scripts/release.py dist

clean:
	rm -rf .venv .venv-* build dist *.egg-info bench.json .coverage .coverage.*
	rm -rf docs/pictures resources/documentation
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@scripts/set-up $(VENV) $(PINS)

# The Chromium in which tests try pages; the program itself needs none.
browser:
	@scripts/browser

# What reads the window aloud in a test; the program itself needs none.
screen-reader:
	@scripts/screen-reader
