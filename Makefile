# `make demo` shows the site, `make test` proves it. Only python3, 3.11 or newer, has to be there already.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
ARGS ?=
BIN = $(VENV)/bin
RUN = $(BIN)/python

.PHONY: install

install: $(VENV)/.installed

# The stamps are older than the lists only when a list has changed, so a second call costs nothing.
$(VENV)/.installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Newsroom needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Newsroom needs Python 3.11 or newer; $(PYTHON) is %d.%d." % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
