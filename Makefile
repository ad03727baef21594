# make run    the whole helpline on this machine          make test    the whole test suite
# make check  format, lint, types, contracts, migrations  make bench   benchmarks
# make lock   pin the requirements anew                   make messages   collect strings for translation

PYTHON ?= python3
BIN := .venv/bin
# One stamp for each content of the lock file: another lock file installs again, a touched one does not.
LOCAL := .venv/installed-local-$(shell cksum < requirements/local.txt | tr ' ' '-')
TEST := .venv/installed-test-$(shell cksum < requirements/test.txt | tr ' ' '-')
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test check bench lock messages browser

run: $(LOCAL)
	@exec $(BIN)/python -m helpline.local

test: $(TEST) browser
	@$(BIN)/python -m pytest

check: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m tests.checks types
	$(BIN)/lint-imports
	$(BIN)/python -m tests.checks migrations
	$(BIN)/python -m tests.checks deploy
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

bench: $(TEST)
	@$(BIN)/python -m tests.performance.bench

lock: $(TEST)
	for name in base local test; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --no-header requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

messages: $(TEST)
	$(BIN)/python -m helpline.translations extract

browser: $(TEST)
	@$(BIN)/python -m tests.chromium

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Helpline needs Python 3.11 or newer; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

$(LOCAL): | $(BIN)/python
	@echo "Installing what Helpline needs into .venv …"
	@$(PIP) -r requirements/local.txt
	@rm -f .venv/installed-local-* && touch $@

$(TEST): | $(BIN)/python
	@echo "Installing what the tests need into .venv …"
	@$(PIP) -r requirements/test.txt
	@rm -f .venv/installed-test-* && touch $@
