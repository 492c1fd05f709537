# SPDX-License-Identifier: Apache-2.0
"""Does time grow with the work, and no faster? Processor time of whole runs on tables of counts with
1, 4 and 16 times the events, and 1, 10 and 100 times the series, and peak memory.

usage: growth.py TOOL [--runs N] [--days N] [--series N] [--minutes N]
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
WORK = HERE.parent.parent / "out" / "growth"


def table(series, days, minutes):
    """Returns a table of counts of so many series, made anew unless it is there."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"{series}-{days}-{minutes}.csv"
    if not path.exists():
        half = path.with_suffix(".part")
        with open(half, "wb") as file:
            subprocess.run([sys.executable, HERE / "counts.py", str(series), str(days),
                            str(minutes)], stdout=file, check=True)
        half.rename(path)
    return path


def run(tool, path):
    """Returns processor seconds and peak MiB of one detect."""
    process = subprocess.Popen(
        [tool, "detect", "--counts", str(path), "--csv", "/dev/null", "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("bench-growth: trail-insights failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--series", type=int, default=100)
    parser.add_argument("--minutes", type=int, default=15)
    given = parser.parse_args()
    days, minutes = given.days, given.minutes
    sizes = [(given.series, minutes * times) for times in (1, 4, 16)]
    sizes += [(given.series * times, minutes) for times in (10, 100)]
    paths = [table(series, days, each) for series, each in sizes]
    rows = [sum(1 for _ in open(path, "rb")) - 1 for path in paths]
    results = [[] for _ in sizes]
    for _ in range(given.runs):
        for result, path in zip(results, paths):
            result.append(run(given.tool, path))
    print("| series | minutes with events a series-day | rows | CPU seconds | peak MiB "
          "| µs a row | µs a series-day |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for (series, _), count, result in zip(sizes, rows, results):
        seconds = statistics.median(each[0] for each in result)
        peak = statistics.median(each[1] for each in result)
        print(f"| {series:,} | {count / series / days:.1f} | {count:,} | {seconds:.2f} | {peak:.0f} "
              f"| {seconds / count * 1e6:.2f} | {seconds / series / days * 1e6:.0f} |")


if __name__ == "__main__":
    main()
