# Two commands do all the set-up: `make rehearse` (the bot on a local page) and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help rehearse run test check format docs site pictures bench ablate fit lock clean
help: ## Show what can be made
	@sed -nE 's/^([a-z.]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST)

.venv: .venv/.ready ## The environment, with .venv/bin/wendu in it
.venv/.ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Wendu needs Python 3.11 or newer; set PYTHON=... to choose one" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
.venv/.dev: .venv/.ready requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

rehearse: .venv/.ready ## The whole bot on a local page: no token, no Telegram
	$(BIN)/wendu rehearse
run: .venv/.ready ## The bot on Telegram, with TELEGRAM_BOT_TOKEN set
	$(BIN)/wendu run
test: .venv/.dev ## All tests, on all cores, with the coverage of branches
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term
check: .venv/.dev ## What a contributor runs: format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
format: .venv/.dev ## Mend what can be mended by itself
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
docs: .venv/.dev ## Write docs/commands.md anew from the help texts
	$(BIN)/python -m tools.describe_commands
site: .venv/.dev ## The documents as a site, build/site/index.html; a dead link is an error
	$(BIN)/sphinx-build -n -W --keep-going -q -c docs/site -b html -d build/doctrees . build/site
pictures: .venv/.dev ## The pictures of README and guides anew, from the rehearsal (with Chromium)
	$(BIN)/python -m docs.pictures.retake
	$(BIN)/python -m docs.pictures.retake_evening
bench: .venv/.dev ## Benchmarks, each beside a peer in the same run (a quarter of an hour; FULL=--full: published sizes)
	$(BIN)/python -m bench $(FULL)
fit: .venv/.dev ## Fit the numbers of the answering engine again (PACKS: public texts as packs; five minutes)
	test -x .fit/bin/python || (python3 -m venv .fit && .fit/bin/pip install -q -r requirements.txt && .fit/bin/pip install -q scikit-learn)
	PYTHONPATH=. .fit/bin/python -m tools.fit_engine $(PACKS)
ablate: .venv/.dev ## What each stage and word list of the answering engine is worth (ten minutes)
	$(BIN)/python -m tools.ablate_engine $(SETS)
lock: .venv/.dev ## Make both lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group build pyproject.toml -o requirements.txt --upgrade
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group build --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt --upgrade
clean: ## Remove what can be made again (never data/)
	rm -rf .venv .fit build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
