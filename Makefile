# The two commands of the README, and the catalogues of texts that both need. All make .venv from nothing, and are quick when it is there.
.PHONY: demo test deep catalogues fuzz behind lock
.DELETE_ON_ERROR:

PYTHON := $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := .venv/bin
DIR := demo
MINUTES := 5
TEXTS := $(wildcard */locales/*/LC_MESSAGES/*.po */*/locales/*/LC_MESSAGES/*.po)

demo: catalogues
	$(BIN)/jobbspar demo $(DIR) --again

test: catalogues
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --num-workers 2
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# Everything that takes longer than `make test` may: more worlds, kills, flips, mutants, fuzzing. One line a part.
deep: catalogues
	@$(BIN)/python tests/deep.py

# Looks for a file that breaks the reading of tracks, with ever other examples: make fuzz MINUTES=30
fuzz: catalogues
	$(BIN)/python tests/definitions/loading/fuzzer.py --minutes $(MINUTES) --seed $$(date +%s)

# What is behind its newest version. What is to be raised is raised in constraints.txt, and then locked.
behind: catalogues
	@$(BIN)/python -m pip list --outdated --disable-pip-version-check

# The same versions with hashes. An editable install cannot be hashed, so the clone is installed by constraints.txt.
lock: catalogues
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .venv/share/uv uv
	@echo '# The versions of constraints.txt with the hashes of their files, made by `make lock`: pip install --require-hashes -r requirements.lock' >$@.new
	@.venv/share/uv/bin/uv pip compile pyproject.toml --extra dev --constraint constraints.txt --universal --generate-hashes \
		--no-header --no-annotate --python-version 3.11 >>$@.new
	@mv $@.new requirements.lock

catalogues: .venv/made $(TEXTS:.po=.mo)

%.mo: %.po
	@$(BIN)/python hatch_build.py

.venv/made: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found." >&2; exit 1; }
	@echo "Making .venv; from nothing this takes about a minute."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@# The accessibility rules of axe-core are read as a file, so the browser driver that the package asks for is left out.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps --upgrade --target .venv/share/axe 'axe-playwright-python>=0.1.8,<0.2'
	@# Imports are most of what a short command costs, and some machines keep Python from writing down what it has compiled.
	@$(BIN)/python -m compileall -q cli.py commands definitions flows tracks
	@touch $@
