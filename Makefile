# make report   makes the environment, runs the pipeline on the example study, says where the report is
# make test     makes the environment and runs all tests
# make help     says what else there is

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help report test check format lock benchmark simulate classify faults pictures clean

help:
	@sed -n 's/^## //p' Makefile

## report     run the pipeline on the study that config/config.yaml names (the example at first)
report: .venv/ready
	@$(BIN)/snakemake

## test       run all tests
test: .venv/ready-to-develop
	@$(BIN)/pytest --numprocesses auto --dist worksteal

## check      look for mistakes in the code without running it
check: .venv/ready-to-develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/snakemake --lint

## format     lay the code out as the checks want it
format: .venv/ready-to-develop
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/snakefmt Snakefile workflow

## lock       choose the newest versions that fit, and pin them with their hashes
lock: .venv/ready-to-develop
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -q \
	  -c requirements.lock -o requirements-dev.lock
	$(BIN)/python tests/environment.py --fix

## benchmark  measure speed, memory, and identifiers found; STUDY=folder with a workshops folder for a study of your own
benchmark: .venv/ready-to-develop
	$(BIN)/python tests/benchmark.py $(STUDY)

## simulate   measure how often corrected frequencies hold the truth; COMMENTS="file --text ... --code ...
##            --terms ..." for coded text of your own
simulate: .venv/ready-to-develop
	$(BIN)/python tests/benchmark_frequencies.py $(COMMENTS)

## classify   measure the classifier on coded comments; COMMENTS=file, as tests/benchmark_classifier.py says
classify: .venv/ready-to-develop
	$(BIN)/python tests/benchmark_classifier.py $(COMMENTS)

## faults     kill runs, fill disks, close folders and change times, and compare what is left, byte for
##            byte (long); STUDY=folder for a study of your own
faults: .venv/ready-to-develop
	$(BIN)/python tests/benchmark_faults.py 20 $(STUDY)

## pictures   take the README's pictures of the report anew
pictures: .venv/ready-to-develop
	$(BIN)/python tests/pictures.py

## clean      remove what was made, but no results and no keys
clean:
	rm -rf .venv .snakemake .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/ready: requirements.lock pyproject.toml
	@echo "Making the environment (a few minutes, once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. If it has another name: make report PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-to-develop: .venv/ready requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
