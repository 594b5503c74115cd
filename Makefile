# One target for each thing a contributor does. Everything is set up in .venv by itself.

PYTHON ?= python3
BIN := .venv/bin
CAPTURES ?= pcaps
FRAMES ?= 500000
FILES ?= 2000
ROUNDS ?= 20
SEEDS ?= 1
KILLS ?= 50
KILLED ?= 425000
TICKS ?= 300
SANITIZE := -fsanitize=address,undefined -fno-omit-frame-pointer
SOURCES := $(wildcard dissectors/*.py dissectors/*.pxd) setup.py pyproject.toml locked.txt

.PHONY: demo test parity differential fuzz sanitize bench quality anomaly browser kills weeks audit-dependencies docs format lock clean help

help:            ## what there is to do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*##/  make \1/'

.venv/ready: $(SOURCES)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --quiet --upgrade --constraint locked.txt pip
	$(BIN)/python -m pip install --quiet --quiet --constraint locked.txt --group dev --editable .
	touch .venv/ready

demo: .venv/ready  ## audit a small operator's day
	$(BIN)/sigaudit audit pcaps/demo --network pcaps/demo/network.toml --out audit/demo --fail-on never

test: .venv/ready  ## format, lint, type-check, test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto

parity: .venv/ready  ## compare with tshark, live: make parity CAPTURES=DIR
	$(BIN)/python -m tests.parity $(CAPTURES)
	$(BIN)/python -m tests.extracts $(CAPTURES)
	$(BIN)/python -m tests.recorded $(CAPTURES)

differential: .venv/ready  ## messages made at random against pycrate: make differential ROUNDS=50
	ROUNDS=$(ROUNDS) $(BIN)/pytest tests/test_differential.py

fuzz: .venv/ready  ## wrong captures for a minute
	$(BIN)/python -m tests.fuzz_many 1000000 1000
	$(BIN)/python -m tests.fuzz 25

sanitize: .venv/ready  ## the same under AddressSanitizer: make sanitize FRAMES=5000000 FILES=20000
	rm -rf build/sanitize && mkdir -p build/sanitize
	git ls-files | tar --create --files-from - | tar --extract --directory build/sanitize
	$(BIN)/python -m pip install --quiet --quiet --constraint locked.txt "setuptools>=77"
	cd build/sanitize && CFLAGS="$(SANITIZE) -O1 -g1" LDFLAGS="$(SANITIZE)" ../../$(BIN)/python setup.py -q build_ext --inplace
	cd build/sanitize && PYTHONPATH=. PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16:malloc_context_size=2 UBSAN_OPTIONS=halt_on_error=1 \
	LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	../../$(BIN)/python -m tests.fuzz_many $(FRAMES) $(FILES)

bench: .venv/ready  ## time the ingest against tshark, table into benchmarks/README.md
	$(BIN)/python -m benchmarks.against_tshark

quality: .venv/ready  ## recall and false alarms on generated weeks, into docs/quality.md: make quality SEEDS=5
	$(BIN)/python -m tests.quality --seeds $(SEEDS) --write

anomaly: .venv/ready  ## what isolation forests find without rules and beside them, over five weeks, into docs/anomaly.md
	$(BIN)/python -m tests.quality.anomaly --write
	$(BIN)/python -m tests.quality.anomaly_swaps --write

browser: .venv/ready  ## look at the demo's report in Chromium
	$(BIN)/python -m tests.browser.report

kills: .venv/ready  ## kill audits at 50 random moments, compare what comes out: make kills KILLS=10
	$(BIN)/python -m tests.kills $(KILLS) $(KILLED)

weeks: .venv/ready  ## an unattended week in 300 scans: make weeks TICKS=30
	$(BIN)/python -m tests.unattended_week $(TICKS)

audit-dependencies: .venv/ready  ## look the pinned dependencies up for known weaknesses; needs the network
	$(BIN)/python -m pip install --quiet --quiet pip-audit
	$(BIN)/pip-audit --requirement locked.txt --no-deps --disable-pip

docs: .venv/ready  ## write docs/detectors.md, docs/frameworks.md and docs/policy.md from their files
	$(BIN)/python -m tests.detectors_page
	$(BIN)/python -m tests.frameworks_page
	$(BIN)/python -m tests.policy_page

format: .venv/ready  ## format and mend what can be
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:            ## take the newest versions that pyproject.toml allows into locked.txt
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --quiet --upgrade pip
	.venv-lock/bin/python -m pip install --quiet --quiet --group dev .
	.venv-lock/bin/python -m pip freeze --all --exclude sigaudit --exclude setuptools > locked.txt
	rm -rf .venv-lock

clean:           ## remove what was built
	rm -rf .venv build audit dissectors/*.so dissectors/*.c *.egg-info
