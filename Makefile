# Each verb prepares what it needs first; that takes seconds once all is there.
# Settings come from the environment or the command line: make run PORT=8001

PYTHON ?= python3
python := .venv/bin/python
prepare := $(PYTHON) -m batua.local.install
compile := $(python) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header
# A file stays on one core, so that what its tests share is made once, and in order, so that the browser's come last.
on_both_cores := -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install run test check fix e2e demo up bench lock clean

help: ## Show this list
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

install: ## Install everything that running and testing need
	@$(prepare) test

run: ## Serve Batua at http://localhost:8000 until Ctrl-C
	@$(prepare) run
	@$(python) -m batua.local.serve

test: install ## Check the code, then run all tests, in the browser too
	@$(python) -m batua.local.check
	@$(python) -m pytest $(on_both_cores) $(ARGS)

check: ## Format, lint, types, migrations, templates, imports
	@$(prepare) check
	@$(python) -m batua.local.check

fix: ## Put format and order of imports right
	@$(prepare) check
	@$(python) -m ruff format --quiet .
	@$(python) -m ruff check --quiet --fix . || true
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

e2e: install ## Run the browser tests only
	@$(python) -m pytest $(on_both_cores) -m browser $(ARGS)

demo: ## Make the demo household in the local database
	@$(prepare) run
	@$(python) -m batua.local.once demo $(ARGS)

up: ## Run all of it in Docker, as on a server; see docs/operations.md
	@$(PYTHON) -m batua.local.secret_files
	@docker compose up --build --wait

bench: ## Measure the pages against an empty one
	@$(prepare) run
	@$(python) -m batua.local.once benchmark $(ARGS)

lock: ## Write the lock files anew after a change of pyproject.toml
	@$(prepare) check
	@$(compile) pyproject.toml -o requirements.txt
	@$(compile) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean: ## Remove all that can be made again; your own data in var/ stays
	@test ! -x $(python) || $(python) manage.py pg stop || true
	@rm -rf .venv staticfiles var/test .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
