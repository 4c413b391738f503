# Everything sets itself up: a fresh clone, Python 3.11 to 3.13 and make are enough.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types tests benchmarks help up down

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: .venv/ready ## crawl a small news site on this machine into ./data and show what came in
	@$(BIN)/lrahos demo

test: lint types tests ## linters, types, tests

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

tests: .venv/ready
	$(BIN)/pytest -q

benchmarks: .venv/ready ## speeds and quality, measured here
	@for file in tests/benchmarks/benchmark_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

# Bytecode and a migrated, empty Prefect database are made once: without them every first start takes
# some ten seconds longer.
.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("lrahos needs Python 3.11 to 3.13, found " + sys.version.split()[0] + "; set PYTHON=python3.12, say") if not (3, 11) <= sys.version_info[:2] < (3, 14) else None'
	@echo "Setting up .venv (once, a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q -j 0 .venv/lib flows extractors connectors config > /dev/null || true
	@-$(BIN)/python -m flows.prefect_start
	@touch $@

up: ## MinIO, a Prefect server and a worker, with Docker Compose
	@test -f .env || printf 'MINIO_ROOT_USER=lrahos\nMINIO_ROOT_PASSWORD=%s\n' "$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(24))')" > .env
	docker compose up --build --detach
	@echo "Prefect: http://localhost:4200   MinIO: http://localhost:9001 (user and password: .env)"

down: ## stop them; what is stored stays
	docker compose down
