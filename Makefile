# SPDX-License-Identifier: Apache-2.0
# Thin: every target is a command or two that can be typed by hand.

# Tests run in the configuration that users run; `make test CONFIG=debug` builds faster.
CONFIG = release
STRICT = --explicit-target-dependency-import-check error
PREFIX = /usr/local
# How long `make fuzz` looks for trouble.
SECONDS = 600
TOOL = .build/release/trail-insights
# Flags of their own, so in a folder of their own: they would undo the release build.
DEB = --scratch-path .build/deb --static-swift-stdlib --disable-local-rpath
DEB_TOOL = .build/deb/release/trail-insights
SAMPLE = Datasets/sample
DEMO = out/demo

.PHONY: setup build test lint format demo bench-smoke bench-detection bench-quiet bench-nab \
  bench-page bench-speed bench-stream bench-growth notebooks soak check-tables fuzz ci clean install deb deb-check

setup:
	@Scripts/setup

build: setup
	swift build -c release --product trail-insights $(STRICT)

test: setup
	@Scripts/setup tests
	@Scripts/moto-setup
	swift test -c $(CONFIG) --scratch-path .build/tests $(STRICT)

lint:
	swift format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift

format:
	swift format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

demo: build
	@Scripts/demo $(TOOL) $(SAMPLE) $(DEMO)

bench-smoke: build
	Benchmarks/smoke $(TOOL)
	python3 Benchmarks/detection/bench.py $(TOOL) --seeds 1 --no-peers \
	  --generate "--days 10 --series 40 --events 20000"
	python3 Benchmarks/speed/bench.py $(TOOL) --runs 1 --events 20000 --days 2 --series 20

# Ours, an oracle and the peers on labelled trails; SEEDS="1 2 3" in place of COUNT fresh ones.
bench-detection: build
	swift build -c release --product detection-calibration $(STRICT)
	@Benchmarks/detection/setup
	@.venv/bench/bin/python Benchmarks/detection/bench.py $(TOOL) \
	  --seeds "$(SEEDS)" --count $(or $(COUNT),3)

# Insights on trails without incidents, and p-values; SEEDS, COUNT and SERIES choose others.
bench-quiet: setup
	swift build -c release --product detection-calibration $(STRICT)
	@Benchmarks/quiet

# Ours, the bare libraries and other engines over the same files in turns; RUNS chooses the rounds.
bench-speed: build
	@Benchmarks/speed/setup
	@python3 Benchmarks/speed/bench.py $(TOOL) --runs $(or $(RUNS),5) \
	  --peers "clickhouse orjson duckdb"

# `stream` and simdjson alone over the same JSON lines, each on one core.
bench-stream: build
	@python3 Benchmarks/speed/stream.py $(TOOL) --runs $(or $(RUNS),5)

# Whether processor time grows with the work and no faster; RUNS chooses the rounds.
bench-growth: build
	@python3 Benchmarks/speed/growth.py $(TOOL) --runs $(or $(RUNS),5)

notebooks: build
	@Scripts/notebooks $(TOOL)

# Needs TRAIL_INSIGHTS_DATA, and says so.
bench-nab: build
	@Benchmarks/detection/nab/bench $(TOOL)

# The tables read back with Python's csv, pandas, DuckDB and LibreOffice, hostile cells and all.
check-tables: build
	@Scripts/setup tables
	@Scripts/check-tables $(TOOL)

# Loading, sorting and filtering a page of a thousand insights in headless Chromium.
bench-page: build
	@Scripts/setup tests
	@Benchmarks/page $(TOOL)

# The laws of streams and states in large; OPTIONS="--events 100000 --kills 20" for a smaller size.
soak: build
	@python3 Benchmarks/soak/soak.py $(TOOL) $(OPTIONS)

fuzz: setup
	@Scripts/fuzz $(SECONDS) $(SEED)

# Tests build in a folder of their own: they need other flags, and would undo the release build.
# Fuzzing there has one seed, so that what it finds is of the change at hand; `make fuzz` draws its own.
# LibreOffice stays with check-tables: what it adds to a run is not worth a fresh install each time.
ci: setup lint test bench-smoke notebooks
	@Scripts/check-tables $(TOOL)
	@Scripts/fuzz 10 1

install: build
	install -D -m 755 $(TOOL) $(DESTDIR)$(PREFIX)/bin/trail-insights
	@Scripts/install-words $(TOOL) $(DESTDIR)$(PREFIX)/share

# A Debian package that needs no Swift where it is installed, in out/deb.
deb:
	@Scripts/setup build deb
	swift build -c release --product trail-insights $(STRICT) $(DEB)
	@Scripts/deb $(DEB_TOOL) out/deb

# Installed, run and purged in a clean root made with debootstrap; needs root, takes two minutes.
deb-check: deb
	@Scripts/deb-check out/deb/trail-insights_*.deb $(DEB_TOOL)

clean:
	rm -rf .build out
