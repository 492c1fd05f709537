# SPDX-License-Identifier: Apache-2.0
"""Reads one tree of log files with `trail-insights count`, with the bare libraries (the limit) and
with other engines, in turns, and prints a table of ratios.

usage: bench.py TOOL [--events N] [--days N] [--series N] [--runs N] [--threads N]
                [--peers "clickhouse orjson duckdb"]
"""

import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import tree

HERE = pathlib.Path(__file__).parent
WORK = HERE.parent.parent / "out" / "speed"


class Contender:
    """A program, and what it took in each round: seconds, user seconds, peak memory."""

    def __init__(self, name, command, table=None, says_seconds=False):
        self.name, self.command, self.table = name, command, table
        self.says_seconds = says_seconds
        self.rounds = []

    def run(self):
        start = time.perf_counter()
        goes_to = subprocess.PIPE if self.says_seconds or not self.table else open(self.table, "wb")
        process = subprocess.Popen(self.command, stdout=goes_to)
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"bench-speed: {self.name} failed")
        self.rounds.append((float(said.split()[0]) if self.says_seconds else seconds,
                            usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))

    def median(self, column):
        return statistics.median(each[column] for each in self.rounds)

    def ratio(self, other):
        """How many times as long as another, as the median of the rounds' own ratios."""
        return statistics.median(
            mine[0] / theirs[0] for mine, theirs in zip(self.rounds, other.rounds))


def build_limit():
    program = WORK / "limit"
    subprocess.run(["g++", "-std=c++17", "-O3", "-march=native", "-o", program, HERE / "limit.cpp",
                    "-lsimdjson", "-ldeflate", "-pthread"], check=True)
    return program


def contenders(options, logs):
    threads = str(options.threads)
    python = HERE.parent.parent / ".venv" / "speed" / "bin" / "python"
    found = [
        Contender("limit", [build_limit(), threads, logs]),
        Contender("trail-insights count", [options.tool, "count", logs, "--threads", threads, "--quiet"],
                  WORK / "ours.csv"),
    ]
    for peer in options.peers.split():
        table = WORK / f"{peer}.csv"
        found.append(Contender(peer, [python, HERE / "peers.py", peer, threads, logs, table], table,
                               says_seconds=True))
    return found


def check_equal(found):
    """Ends the program where two tables do not hold the same rows."""
    tables = [each for each in found if each.table]
    rows = [sorted(each.table.read_text().replace('"', "").splitlines()[1:]) for each in tables]
    for each, mine in zip(tables, rows):
        if mine != rows[0]:
            sys.exit(f"bench-speed: {each.name} counted otherwise than {tables[0].name}")
    print(f"All tables hold the same {len(rows[0]):,} rows.\n")


def print_table(found, records):
    limit, ours = found[0], found[1]
    print("| | seconds | events/s | CPU seconds | peak MiB | time over limit | time over ours |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for each in found:
        print(f"| {each.name} | {each.median(0):.2f} | {records / each.median(0):,.0f} "
              f"| {each.median(1):.2f} | {each.median(2):.0f} | {each.ratio(limit):.2f} "
              f"| {each.ratio(ours):.2f} |")


def main():
    parser = tree.parser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default="")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    logs = tree.make(WORK, options)
    files, stored, plain, records = tree.size(logs)
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}; {records:,} events "
          f"in {files:,} files, {stored / 1e6:.0f} MB stored, {plain / records:,.0f} bytes a record; "
          f"{options.threads} threads; medians of {options.runs} rounds in turns.\n")
    found = contenders(options, logs)
    for _ in range(options.runs):
        for each in found:
            each.run()
            print(f"{each.name}: {each.rounds[-1][0]:.2f} s", file=sys.stderr)
    check_equal(found)
    print_table(found, records)


if __name__ == "__main__":
    main()
