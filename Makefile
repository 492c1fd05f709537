# SPDX-License-Identifier: Apache-2.0
# Thin: every target is a command or two that can be typed by hand.

# Tests run in the configuration that users run; `make test CONFIG=debug` builds faster.
CONFIG = release
STRICT = --explicit-target-dependency-import-check error
PREFIX = /usr/local
# How long `make fuzz` looks for trouble.
SECONDS = 600
TOOL = .build/release/trail-insights
SAMPLE = Datasets/sample
DEMO = out/demo

.PHONY: setup build test lint format demo bench-smoke bench-detection bench-quiet bench-nab \
  notebooks fuzz ci clean install

setup:
	@Scripts/setup

build: setup
	swift build -c release --product trail-insights $(STRICT)

test: setup
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

notebooks: build
	@Scripts/notebooks $(TOOL)

# Needs TRAIL_INSIGHTS_DATA, and says so.
bench-nab: build
	@Benchmarks/detection/nab/bench $(TOOL)

fuzz: setup
	@Scripts/fuzz $(SECONDS)

# Tests build in a folder of their own: they need other flags, and would undo the release build.
ci: setup lint test bench-smoke notebooks
	@Scripts/fuzz 10

install: build
	install -D -m 755 $(TOOL) $(DESTDIR)$(PREFIX)/bin/trail-insights
	@Scripts/install-words $(TOOL) $(DESTDIR)$(PREFIX)/share

clean:
	rm -rf .build out
