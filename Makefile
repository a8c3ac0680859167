# Two commands set everything up on a fresh machine: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: help setup run test check test-sqlite test-postgres bench lock clean

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/base: requirements/base.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

static/built/.stamp: package-lock.json config/assets.py $(wildcard static/src/*) .venv/base
	$(BIN)/python -m config.assets

setup: .venv/base static/built/.stamp ## Packages and static files

run: setup ## The service with sample registers, on http://127.0.0.1:8000
	$(BIN)/python manage.py run_demo

test: .venv/dev setup ## Every check, and every test on SQLite and on PostgreSQL where one answers
	tests/run

check: .venv/dev ## Style, types, import rules, templates, migrations
	tests/check

bench: .venv/dev setup ## Speed and memory beside a peer, as ratios
	$(BIN)/python -m benchmarks

lock: .venv/dev ## Write requirements/*.txt anew from *.in
	cd requirements && for f in base dev; do ../$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $$f.in -o $$f.txt; done

clean: ## Remove what setup and run made
	rm -rf .venv node_modules static/built var
