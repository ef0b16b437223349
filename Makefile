# `make demo` shows the site, `make test` proves it. Only python3, 3.11 or newer, has to be there already.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
ARGS ?=
# How many tests run side by side.
JOBS ?= 2

BIN = $(VENV)/bin
MANAGE = $(BIN)/python manage.py
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist worksteal
READY = $(VENV)/.installed
READY_DEV = $(VENV)/.installed-dev
READY_BROWSER = $(VENV)/.installed-browser
READERS = tests/browser/node_modules/.installed

.PHONY: help install demo serve test lint messages test-postgres test-browser coverage lock

help:
	@echo 'make demo           load the demo content and serve it (make demo ARGS="--no-serve": only load it)'
	@echo 'make serve          serve the site as it is with gunicorn, on PORT (8000)'
	@echo 'make test           run the tests on SQLite; ARGS goes to pytest'
	@echo 'make test-postgres  run them on a PostgreSQL server of their own'
	@echo 'make test-browser   run the tests that need Chromium, npm and newsboat'
	@echo 'make coverage       run the tests and show which lines of articles/ they miss'
	@echo 'make lint           check the style and the migrations'
	@echo 'make messages       bring the translations up to date with the source; needs gettext'
	@echo 'make install        only make the virtual environment'
	@echo 'make lock           write the requirements files anew from their .in files'

install: $(READY)

demo: $(READY)
	$(MANAGE) demo $(ARGS)

serve: $(READY)
	$(MANAGE) migrate --noinput
	$(MANAGE) collectstatic --noinput --verbosity 0
	PORT=$(PORT) exec $(BIN)/gunicorn -c newsroom/gunicorn.conf.py

test: $(READY_DEV)
	$(PYTEST) $(ARGS)

test-postgres: $(READY_DEV)
	sh tests/postgres.sh $(PYTEST) $(ARGS)

# One browser at a time is plenty for a small machine.
test-browser: $(READY_BROWSER) $(READERS)
	$(BIN)/python -m pytest -m browser $(ARGS)

coverage: $(READY_DEV)
	$(PYTEST) --cov=articles --cov-report=term-missing --cov-fail-under=95 $(ARGS)

lint: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MANAGE) makemigrations --check --dry-run
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +

# What the desk says is not translated. Words that were guessed for new ones are marked as fuzzy, for a person to mend.
messages: $(READY)
	$(MANAGE) makemessages --all --no-wrap --add-location file --extension html,py,xml,opml \
		--ignore templates/admin --ignore '.venv*' --ignore var --ignore tests --ignore fixtures --ignore docs
	$(MANAGE) compilemessages --ignore '.venv*'

lock:
	@command -v uv >/dev/null || { echo "This needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	for list in requirements requirements-scale requirements-embeddings requirements-dev requirements-browser; do \
		uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --fork-strategy requires-python \
			--no-emit-index-url --no-strip-extras --custom-compile-command "make lock" $$list.in --output-file $$list.txt || exit 1; \
	done

# The stamps are older than the lists only when a list has changed, so a second call costs nothing.
$(READY): requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Newsroom needs Python 3.11 or newer; there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Newsroom needs Python 3.11 or newer; $(PYTHON) is %d.%d." % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# The list is whole, so pip has nothing to resolve; pip 23 stumbles over the one extra in it that has two spellings.
$(READY_BROWSER): requirements-browser.txt $(READY_DEV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-browser.txt
	@touch $@

$(READERS): tests/browser/package-lock.json
	@command -v npm >/dev/null || { echo "This needs npm: on Debian, apt-get install npm." >&2; exit 1; }
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent
	@touch $@
