# SPDX-License-Identifier: Apache-2.0
"""Compares trail-insights with its peers on labelled trails; see README.md.

usage: bench.py TOOL [--seeds "1 2 3" | --count 3] [--no-peers] [--generate "--days 14"]
"""
import argparse
import os
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import table
from trails import Trail


def read_arguments():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("tool")
    parser.add_argument("--seeds", default="")
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--generate", default="")
    return parser.parse_args()


def fresh_seeds(count):
    return [int.from_bytes(os.urandom(3), "little") for _ in range(count)]


def heading(seeds, options):
    """What can be run again, as a heading of RESULTS.md."""
    command = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    trails = f"with `generate {options}`" if options else "of 21 days and 300 series"
    return (f"## {date.today()}, commit {commit or 'unknown'}\n\n"
            f"`make bench-detection SEEDS=\"{' '.join(map(str, seeds))}\"`, trails {trails}\n")


def main():
    arguments = read_arguments()
    seeds = [int(seed) for seed in arguments.seeds.split()] or fresh_seeds(arguments.count)
    print(heading(seeds, arguments.generate), flush=True)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        trails = [Trail(arguments.tool, folder, seed, arguments.generate.split(),
                        with_logs=not arguments.no_peers) for seed in seeds]
        own = [trail.own_quality() for trail in trails]
        results = [("trail-insights, defaults", own)]
        oracle = Path(arguments.tool).with_name("detection-calibration")
        if oracle.exists() and not arguments.generate:
            results.append(("oracle: the true laws, our threshold",
                            [trail.oracle_quality(oracle) for trail in trails]))
        if not arguments.no_peers:
            import contest  # needs the environment of Benchmarks/detection/setup
            results += contest.run(trails)
    table.print_detectors(results)
    table.print_own(seeds, own)


main()
