# make demo and make test do all the set-up themselves; they need Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
UV = 0.13.9
# torch-2.13.0+cpu for Linux on x86-64 and Python 3.11
TORCH_CPU = sha256:6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
# constraints.txt has hashes, so pip (from 26.3 on) refuses a package that is not in it or whose file is another one.
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
THIS = $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .

.PHONY: demo test lint format wheel docs constraints audit clean

demo: $(VENV)/.installed
	@mkdir -p build
	$(BIN)/quotetrack ingest samples --db build/demo.duckdb
	$(BIN)/quotetrack report --out build/site --db build/demo.duckdb

test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: $(VENV)/.tested
	$(BIN)/python -m build --wheel

docs: $(VENV)/.tested
	$(BIN)/python -m docs.tools.site build/docs

# The newest versions that pyproject.toml allows, with the hashes of their files for all systems and of the CPU build of torch.
constraints: $(VENV)/.tested
	@mkdir -p build
	$(PIP) uv==$(UV)
	printf '%s\n' editables hatchling pip pip-audit uv==$(UV) \
	    | $(BIN)/uv pip compile pyproject.toml - --extra dev --universal --python-version 3.11.5 --generate-hashes --no-annotate --no-header --quiet \
	    | sed 's|^torch==.*|&\n    --hash=$(TORCH_CPU) \\|' > build/constraints.txt
	mv build/constraints.txt constraints.txt

# Known vulnerabilities of the packages in constraints.txt, from the Python package index.
audit: $(VENV)/.tested
	$(PIP) pip-audit
	$(BIN)/pip-audit --requirement constraints.txt --disable-pip --require-hashes

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "quotetrack needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

# Older releases of pip do not take hashes from a file of constraints, so pip replaces itself first. torch is the CPU build if pip
# finds it (it is not in the Python package index); the other build brings several gigabytes for graphics cards.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	sed -n '/^pip==/,/[^\\]$$/p' constraints.txt > $(VENV)/pip.txt
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --requirement $(VENV)/pip.txt
	$(PIP) torch==2.13.0+cpu 2>/dev/null || $(PIP) torch==2.13.0
	$(PIP) hatchling editables
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > $(VENV)/run.txt
	$(PIP) --requirement $(VENV)/run.txt
	$(THIS)
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["dev"], sep="\n")' > $(VENV)/dev.txt
	$(PIP) --requirement $(VENV)/dev.txt
	@touch $@

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
