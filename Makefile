# The commands of the notebook. Each is a script in scripts/; run `make` alone to see them.

# The first Python 3.11 that really starts (a version manager's shim may be there and not work).
PYTHON ?= $(shell for python in python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$python && break; done)
IN_ENVIRONMENT := .venv/bin/python -B -m

.PHONY: help python setup run sign-in-link test journeys bench fuzz coverage nist paper pictures lock format

help:
	@echo "make setup         environment and packages in .venv"
	@echo "make run           the notebook on http://127.0.0.1:8000, with a one-time sign-in link"
	@echo "make sign-in-link  another one-time sign-in link for the running notebook"
	@echo "make test          everything: lint, types, tests on SQLite and PostgreSQL, browser journeys"
	@echo "make journeys      the counted journeys alone, as JSON lines (J=J1,J2 for some of them)"
	@echo "make bench         what it costs beside its floors, as JSON lines (WHAT=fits,fits_decays for some of them)"
	@echo "make fuzz          broken files through every reader, as JSON lines (CASES=20000 SEED=1)"
	@echo "make coverage      whether the errors of every method are true, as JSON lines (COUNT=2000 ONLY=core)"
	@echo "make paper         a campaign's tables and figures with every number behind them, as JSON lines (CAMPAIGN=folder)"
	@echo "make nist          the fitting core on the 27 problems of NIST StRD, as JSON lines (DATA=folder)"
	@echo "make pictures      the pictures of the documentation, taken anew"
	@echo "make lock          resolve the pinned and hashed requirements again (UPGRADE=1: newest versions)"
	@echo "make format        format and sort imports"

python:
	@test -n "$(PYTHON)" || { echo "Labbook needs Python 3.11 with venv, and found none on the PATH." >&2; \
		echo "Install it (Debian: apt-get install python3.11 python3.11-venv) or name it: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }

setup: python
	@$(PYTHON) -B -m scripts.set_up

run: setup
	@$(IN_ENVIRONMENT) scripts.run

sign-in-link: setup
	@.venv/bin/python manage.py sign_in_link

test: python
	@$(PYTHON) -B -m scripts.set_up --dev
	@$(IN_ENVIRONMENT) scripts.check

journeys: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.journeys $(if $(J),--only $(J))

bench: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.bench $(if $(WHAT),--what $(WHAT))

fuzz: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.fuzz $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

coverage: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.coverage $(if $(COUNT),--count $(COUNT)) $(if $(ONLY),--only "$(ONLY)")

paper: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.paper $(if $(CAMPAIGN),--campaign "$(CAMPAIGN)")

nist: python
	@$(PYTHON) -B -m scripts.set_up --dev >&2
	@$(IN_ENVIRONMENT) scripts.nist $(if $(DATA),--data $(DATA))

pictures: python
	@$(PYTHON) -B -m scripts.set_up --dev
	@$(IN_ENVIRONMENT) scripts.pictures

lock: python
	@$(PYTHON) -B -m scripts.set_up
	@$(IN_ENVIRONMENT) scripts.lock $(if $(UPGRADE),--upgrade)

format: python
	@$(PYTHON) -B -m scripts.set_up --dev
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format .
