# SPDX-License-Identifier: Apache-2.0
"""Feeds the same JSON lines through a pipe to `trail-insights stream` and to simdjson alone, in turns,
each on one core, and prints a table of ratios. The feeding program runs on another core.

usage: stream.py TOOL [--events N] [--days N] [--series N] [--runs N]
"""

import datetime
import os
import statistics
import subprocess
import sys
import time

import bench
import tree


def build_limit():
    program = bench.WORK / "lines"
    subprocess.run(["g++", "-std=c++17", "-O3", "-march=native", "-o", program,
                    bench.HERE / "lines.cpp", "-lsimdjson"], check=True)
    return program


def feed(lines, command):
    """Returns wall seconds, processor seconds and peak MiB of a command fed through a pipe."""
    feeder = subprocess.Popen(["taskset", "-c", str(os.cpu_count() - 1), "cat", lines],
                              stdout=subprocess.PIPE)
    start = time.perf_counter()
    process = subprocess.Popen(["taskset", "-c", "0", *command], stdin=feeder.stdout,
                               stdout=subprocess.DEVNULL)
    feeder.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    feeder.wait()
    if status:
        sys.exit(f"bench-stream: {command[0]} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = tree.parser()
    options = parser.parse_args()
    bench.WORK.mkdir(parents=True, exist_ok=True)
    logs = tree.make(bench.WORK, options)
    lines = tree.lines(logs, tree.place(bench.WORK, "lines", options))
    commands = {"simdjson": [build_limit()],
                "trail-insights stream": [options.tool, "stream", "--quiet", "--idle", "0"]}
    rounds = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            rounds[name].append(feed(lines, command))
            print(f"{name}: {rounds[name][-1][0]:.2f} s", file=sys.stderr)
    print(f"{datetime.date.today()}, one core; {lines.stat().st_size / 1e6:,.0f} MB of JSON lines, "
          f"{options.days} days, {options.series} series; medians of {options.runs} rounds in turns."
          "\n\n| | seconds | CPU seconds | peak MiB | pace beside simdjson's | the same in CPU time |"
          "\n|---|---:|---:|---:|---:|---:|")
    for name, mine in rounds.items():
        wall, cpu, peak = (statistics.median(each[column] for each in mine) for column in range(3))
        paces = [statistics.median(limit[column] / own[column]
                                   for limit, own in zip(rounds["simdjson"], mine))
                 for column in range(2)]
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {paces[0]:.2f} | {paces[1]:.2f} |")


if __name__ == "__main__":
    main()
