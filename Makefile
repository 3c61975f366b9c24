# The one list of commands. People, hooks and CI all use these; `make help` prints them.

PORT ?= 8000
# On each database
KILLS ?= 30
# Of the bench: engagements, in each database; COUNT= for one size
SIZES ?= 10000,100000,1000000
ROUNDS ?= 40
# The first Python on the path that is new enough; name another with PYTHON=/path/to/python make run
ifndef PYTHON
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
endif

python := .venv/bin/python
manage := $(python) manage.py
pip_install := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r
# Inside .venv, so that whoever removes it removes them too.
runtime := .venv/.runtime-installed
dev := .venv/.dev-installed
# Enough for `manage.py check --deploy` to look at the production settings.
dummy_secrets := SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=portal.example DATABASE_URL=sqlite:///:memory:

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test torture bench check fix messages locks shell venv-dev screenshots clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: preflight $(runtime)  ## set up whatever is missing and serve on http://127.0.0.1:8000/ (PORT= to change)
	@$(manage) compile_translations
	@$(manage) draw_map
	@$(manage) migrate --verbosity 0
	@$(manage) load_reference --verbosity 0
	@$(manage) load_demo --once
	@printf '  Liaison: http://127.0.0.1:%s/   (Ctrl-C ends it)\n\n' $(PORT)
	@DJANGO_RUNSERVER_HIDE_WARNING=true exec $(manage) runserver 127.0.0.1:$(PORT)

test: $(dev)  ## run every test, on SQLite, PostgreSQL and in a real browser
	@$(python) tests/run

torture: $(dev)  ## kill the server in the middle of its work, 60 times over both databases, and count what is lost
	@$(python) -m tests.torture --kills $(KILLS)

bench: $(dev)  ## measure every page at size (COUNT=, SIZES=, ROUNDS=) beside SQL by hand, ordinary pages and the admin
	@$(python) -m benchmarks --sizes $(or $(COUNT),$(SIZES)) --rounds $(ROUNDS) $(if $(INTO),--into $(INTO))

check: $(dev)  ## look for mistakes without running anything
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m djlint --lint --quiet templates
	find . -name '*.py' -not -path './.*' -print0 | xargs -0 $(python) -m django_upgrade --target-version 5.2 --check
	$(python) -m mypy .
	$(manage) makemigrations --check --dry-run
	$(dummy_secrets) $(manage) check --deploy --fail-level WARNING --settings config.settings.prod

fix: $(dev)  ## mend what can be mended by itself
	$(python) -m ruff check --fix .
	$(python) -m ruff format .
	find . -name '*.py' -not -path './.*' -print0 | xargs -0 $(python) -m django_upgrade --target-version 5.2

messages: $(dev)  ## collect the messages to translate into locale/ (needs GNU gettext) and compile them
	$(manage) makemessages --locale fr --no-location --no-wrap --no-obsolete --ignore tests
	$(manage) compile_translations

locks: $(dev)  ## resolve requirements/*.in again, to the newest versions
	for lock in runtime production dev; do \
		$(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
			--no-header --no-annotate --no-emit-index-url --output-file requirements/$$lock.txt requirements/$$lock.in \
		|| exit 1; done

shell: $(runtime)  ## open a Python shell with the portal's models
	@$(manage) shell

venv-dev: $(dev)  ## install what developing and testing need into .venv

screenshots: $(dev)  ## make the README's pictures again (needs Chromium)
	@$(python) bin/screenshots.py

clean:  ## remove what was made here: environment, databases, caches (asks for nothing: the demonstration is rebuilt)
	rm -rf .venv db.sqlite3* test.sqlite3* staticfiles .pytest_cache .ruff_cache .mypy_cache .coverage .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -rf static/map
	find locale -name '*.mo' -delete

.PHONY: python preflight
python:
	@test -n "$(PYTHON)" || { echo "Liaison needs Python 3.11 or newer, and found none." \
		"Install it, or name it: PYTHON=/path/to/python3.11 make run" >&2; exit 1; }
	@$(PYTHON) bin/preflight.py

preflight: python
	@$(PYTHON) bin/preflight.py --port "$(PORT)"

.venv/bin/python: | python
	@echo 'Setting up .venv: once, about a minute.'
	@$(PYTHON) -m venv --clear .venv

$(runtime): requirements/runtime.txt | .venv/bin/python
	@echo 'Installing requirements/runtime.txt …'
	@$(pip_install) requirements/runtime.txt
	@touch $@

# The runtime lock is part of the dev lock, version for version.
$(dev): requirements/dev.txt requirements/runtime.txt | .venv/bin/python
	@echo 'Installing requirements/dev.txt …'
	@$(pip_install) requirements/dev.txt
	@touch $@ $(runtime)
