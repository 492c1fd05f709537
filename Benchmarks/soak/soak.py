# SPDX-License-Identifier: Apache-2.0
"""The laws of streams and states in large: see README.md."""
import argparse
import collections
import csv
import dataclasses
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import feed

rows = []


def row(what, figure):
    """Adds a row to the table, and says it at once."""
    rows.append((what, figure))
    print(f"  {what}: {figure}", file=sys.stderr, flush=True)


def law(what, holds):
    row(what, "yes" if holds else "NO")


class Soak:
    def __init__(self, options):
        self.options = options
        self.tool = os.path.abspath(options.tool)
        self.folder = tempfile.mkdtemp(prefix="trail-insights-soak-", dir=options.scratch)
        self.random = random.Random(options.seed)
        self.usual = ["--quiet", "--alerts-per-week", str(options.alerts_per_week)]

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *arguments, **more):
        """Runs the tool to its end; returns the seconds it took."""
        begin = time.monotonic()
        subprocess.run([self.tool, *arguments], check=True, **more)
        return time.monotonic() - begin

    def same(self, name):
        with open(self.path(name)) as one, open(self.path("whole.csv")) as other:
            return one.read() == other.read()

    def stream(self, state, told):
        return [self.tool, "stream", *self.usual, "--idle", "0", "--state", self.path(state),
                "--json", self.path(told)]

    def report(self, state, name):
        self.run("report", *self.usual, "--state", self.path(state), "--csv", self.path(name))

    def told(self, name):
        """How many records a stream wrote, whether each stands once, and none is missing."""
        seen = collections.Counter()
        for line in open(self.path(name)):
            record = json.loads(line)
            seen[record["sharedEventID"], record["insightDetails"]["state"]] += 1
        with open(self.path("whole.csv")) as file:
            insights = list(csv.DictReader(file))
        missing = [i for i in insights if not seen[i["insight_id"], "Start"]
                   or (i["state"] == "ended" and not seen[i["insight_id"], "End"])]
        return len(seen), all(n == 1 for n in seen.values()), missing

    # The trail of the laws.

    def prepare(self):
        o = self.options
        self.run("generate", "--output", self.path("trail"), "--seed", str(o.seed), "--days",
                 str(o.days), "--series", str(o.series), "--events", str(o.events), "--quiet")
        feed.drop_corrections(self.path("trail"))
        feed.spread(self.path("trail"), self.path("arriving"), o.seed)
        self.lines = 0
        with open(self.path("arrivals"), "w") as file:
            for _, lines in feed.days(self.path("arriving")):
                file.writelines(lines)
                self.lines += len(lines)
        shutil.rmtree(self.path("arriving"))
        row("trail of the laws", f"{o.days} days, {o.series} series, {self.lines:,} records")

    def whole(self):
        self.full = min(
            self.run("detect", self.path("trail/AWSLogs"), *self.usual, "--csv",
                     self.path("whole.csv")) for _ in range(3))
        row("one run over all, seconds", f"{self.full:.2f}")
        with open(self.path("whole.csv")) as file:
            row("insights", sum(1 for _ in file) - 1)

    def nights(self):
        """The day folders of the trail, brought one by one."""
        folders = collections.defaultdict(list)
        for place, _, files in os.walk(self.path("trail/AWSLogs")):
            if files:
                folders["/".join(place.split("/")[-3:])].append(place)
        shutil.rmtree(self.path("night"), ignore_errors=True)
        for day in sorted(folders):
            for place in folders[day]:
                there = self.path("night/" + os.path.relpath(place, self.path("trail")))
                shutil.copytree(place, there, copy_function=os.link)
            yield day

    def detect_night(self, state, name):
        return ["detect", self.path("night"), *self.usual, "--state", self.path(state), "--csv",
                self.path(name)]

    def nightly(self):
        times, sizes = [], []
        for _ in self.nights():
            times.append(self.run(*self.detect_night("nightly.db", "nightly.csv")))
            sizes.append(os.path.getsize(self.path("nightly.db")))
        law("nightly = batch, byte for byte", self.same("nightly.csv"))
        row("a night's run, median seconds (last week)", f"{statistics.median(times[-7:]):.2f}")
        row("a night's run / one run over all",
            f"{statistics.median(times[-7:]) / self.full:.2f}")
        for day in sorted({7, 14, len(sizes)}):
            if day <= len(sizes):
                series_days = self.options.series * day
                row(f"state after {day} days, MB (bytes a series-day)",
                    f"{sizes[day - 1] / 1e6:.1f} ({sizes[day - 1] / series_days:.0f})")

    def at_once(self):
        with open(self.path("arrivals")) as file:
            seconds = self.run("stream", *self.usual, "--idle", "0", "--json", "/dev/null",
                               stdin=file)
        row("stream, events a second", f"{self.lines / seconds:,.0f}")
        with open(self.path("arrivals")) as file:
            kept = self.run(*self.stream("s.db", "s.jsonl")[1:], stdin=file)
        row("stream --state, events a second", f"{self.lines / kept:,.0f}")
        with open(self.path("arrivals")) as file:
            batch = self.run("detect", "-", *self.usual, "--csv", self.path("input.csv"),
                             stdin=file)
        row("detect from the same standard input, events a second", f"{self.lines / batch:,.0f}")
        self.report("s.db", "s.csv")
        law("stream = batch, byte for byte", self.same("s.csv"))
        self.tell_records("s.jsonl", "stream")

    def tell_records(self, name, who):
        count, once, missing = self.told(name)
        law(f"{who}: each of {count} records stands once", once)
        row(f"{who}: insights without their Start or End by ID", len(missing))

    # Kills.

    def kill_stream(self):
        """Feeds portion after portion; what a killed run was given is given again."""
        kills = self.options.kills
        with open(self.path("arrivals"), "rb") as file:
            lines = file.readlines()
        command, saved = self.stream("k.db", "k.jsonl"), 0
        usual = 0.3
        for n in range(1, kills + 1):
            end = len(lines) * n // kills
            portion = b"".join(lines[max(0, saved - self.random.randrange(2000)):end])
            process = subprocess.Popen(command, stdin=subprocess.PIPE)
            feeder = os.fork()
            if feeder == 0:
                self.write_quietly(process.stdin, portion)
            time.sleep(self.random.random() * usual)
            process.kill()
            process.wait()
            os.kill(feeder, 9)
            os.waitpid(feeder, 0)
            process.stdin.close()
            if n % 5 == 0:
                begin = time.monotonic()
                subprocess.run(command, input=portion, check=True)
                usual, saved = time.monotonic() - begin, end
        subprocess.run(command, input=b"".join(lines[saved:]), check=True)
        self.report("k.db", "k.csv")
        law(f"stream killed {kills} times = batch, byte for byte", self.same("k.csv"))
        self.tell_records("k.jsonl", "killed stream")

    @staticmethod
    def write_quietly(pipe, portion):
        """Writes in a process of its own, and holds the pipe open until it is killed."""
        try:
            pipe.write(portion)
            pipe.flush()
            time.sleep(60)
        except OSError:
            pass
        os._exit(0)

    def kill_nights(self):
        kills, done, usual = self.options.kills, 0, 0.5
        for number, _ in enumerate(self.nights(), 1):
            while done < kills * number // self.options.days:
                process = subprocess.Popen(
                    [self.tool, *self.detect_night("kn.db", "killed.csv")])
                time.sleep(self.random.random() * usual)
                process.kill()
                process.wait()
                done += 1
            usual = self.run(*self.detect_night("kn.db", "kn.csv"))
        law(f"nights killed {done} times = batch, byte for byte", self.same("kn.csv"))

    # From the last line of a spike to its Start.

    def spikes(self):
        with open(self.path("arrivals")) as file:
            lines = file.readlines()
        # A file takes all that is told; a pipe that nobody reads would stop the stream.
        told = open(self.path("spikes.jsonl"), "w+")
        process = subprocess.Popen([self.tool, "stream", "--quiet", "--idle", "0"],
                                   stdin=subprocess.PIPE, stdout=told, text=True)
        process.stdin.writelines(lines)
        process.stdin.flush()
        self.wait_for_quiet(process)
        newest = max(map(feed.event_time, lines[-5000:]))
        seconds = [s for n in range(20) if (s := self.spike(process.stdin, lines[-1], newest, n))]
        process.stdin.close()
        process.wait()
        row("last line of a spike to its Start, seconds (median, worst of 20)",
            f"{statistics.median(seconds):.2f}, {max(seconds):.2f}" if seconds else "never")

    @staticmethod
    def wait_for_quiet(process):
        """Waits until all input is judged: the process uses next to no time any more."""
        used = -1000
        while True:
            with open(f"/proc/{process.pid}/stat") as file:
                now = sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13]))
            if now - used < 20:
                return
            used = now
            time.sleep(3)

    def spike(self, pipe, line, newest, number):
        """Sends 40 calls within a minute; a stream judges once a second, so begins at any instant."""
        record = json.loads(line)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(newest))
        name = f"SoakSpike{number}"
        record.update(eventTime=stamp, readOnly=False)
        usual = dict(record, eventID=f"{number:08x}-0000-4000-8000-ffffffffffff")
        pipe.write(json.dumps(usual) + "\n")
        pipe.flush()
        time.sleep(self.random.random())
        for n in range(40):
            record.update(eventName=name, eventID=f"{number:08x}-0000-4000-8000-{n:012x}")
            pipe.write(json.dumps(record) + "\n")
        pipe.flush()
        begin = time.monotonic()
        while time.monotonic() - begin < 60:
            if name in (open(self.path("spikes.jsonl")).read()):
                return time.monotonic() - begin
            time.sleep(0.01)
        return None

    # Memory.

    def memory(self):
        o = self.options
        # The same trail in many accounts: `generate` takes long for thousands of series.
        copies = max(1, o.wide_series // 500)
        self.run("generate", "--output", self.path("wide"), "--seed", str(o.seed), "--days",
                 str(o.wide_days), "--series", str(o.wide_series // copies), "--events",
                 str(o.wide_events // copies), "--quiet")
        feed.spread(self.path("wide"), self.path("arriving"), o.seed, copies)
        shutil.rmtree(self.path("wide"))
        metrics = self.path("wide.prom")
        process = subprocess.Popen([*self.stream("wide.db", "wide.jsonl"), "--metrics", metrics],
                                   stdin=subprocess.PIPE, text=True)
        sampler = Sampler(process)
        curve, count, begin = [], 0, time.monotonic()
        for day, lines in feed.days(self.path("arriving")):
            process.stdin.writelines(lines)
            process.stdin.flush()
            count += len(lines)
            curve.append(Day(*sampler.take(), os.path.getsize(self.path("wide.db")) / 1e6,
                             gauge(metrics, "series")))
            print(f"  day {len(curve)}: {curve[-1].usual:.0f} MB resident, highest "
                  f"{curve[-1].highest:.0f}, {curve[-1].series:,} series, state "
                  f"{curve[-1].state:.0f} MB, {time.monotonic() - begin:.0f} s",
                  file=sys.stderr, flush=True)
        process.stdin.close()
        process.wait()
        row("wide stream", f"{len(curve)} days, {o.wide_series:,} series, {count:,} records")
        row("wide stream --state, events a second", f"{count / (time.monotonic() - begin):,.0f}")
        for what, name in [("resident MB, median of each day", "usual"),
                           ("resident MB, highest of each day", "highest"),
                           ("series after each day", "series"),
                           ("state MB after each day", "state")]:
            row(what, " ".join(f"{getattr(day, name):.0f}" for day in curve))
        weeks = [curve[start:start + 7] for start in range(0, len(curve) - 6, 7)]
        for what, name in [("resident MB", "usual"), ("highest MB", "highest"),
                           ("series", "series"), ("resident KB a series", "each")]:
            row(f"{what}, median of each week", " ".join(
                f"{statistics.median(getattr(day, name) for day in week):.0f}" for week in weeks))
        shutil.rmtree(self.path("arriving"))


@dataclasses.dataclass
class Day:
    """A day of the memory curve, in MB."""
    usual: float
    highest: float
    state: float
    series: int

    @property
    def each(self):
        return self.usual * 1000 / max(1, self.series)


class Sampler(threading.Thread):
    """Looks at the resident memory of a process ten times a second."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.statm = os.open(f"/proc/{process.pid}/statm", os.O_RDONLY)
        self.samples = []
        self.start()

    def run(self):
        try:
            while True:
                self.samples.append(self.resident())
                time.sleep(0.1)
        except (OSError, IndexError):
            pass  # The process has ended.

    def resident(self):
        # At a place, not from where another thread's look has left off.
        return int(os.pread(self.statm, 100, 0).split()[1]) * resource.getpagesize() / 1e6

    def take(self):
        """The median and the highest since the last time."""
        samples, self.samples = self.samples + [self.resident()], []
        return statistics.median(samples), max(samples)


def gauge(path, name):
    """A figure of the stream's own metrics, at most some seconds old; 0 before the first."""
    try:
        with open(path) as file:
            return next((int(line.split()[1]) for line in file
                         if line.startswith(f"trail_insights_{name} ")), 0)
    except FileNotFoundError:
        return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 24))
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--series", type=int, default=300)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--alerts-per-week", type=float, default=5)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--wide-days", type=int, default=28)
    parser.add_argument("--wide-series", type=int, default=10_000)
    parser.add_argument("--wide-events", type=int, default=2_000_000)
    parser.add_argument("--scratch", help="a folder with room for some gigabytes")
    parser.add_argument("--only", default="laws,kills,spikes,memory")
    return parser.parse_args()


def main():
    options = arguments()
    parts = options.only.split(",")
    soak, begin = Soak(options), time.monotonic()
    print(f"seed {options.seed}, in {soak.folder}", file=sys.stderr)
    try:
        if set(parts) & {"laws", "kills", "spikes"}:
            soak.prepare()
            soak.whole()
        if "laws" in parts:
            soak.nightly()
            soak.at_once()
        if "spikes" in parts:
            soak.spikes()
        if "kills" in parts:
            soak.kill_stream()
            soak.kill_nights()
        if "memory" in parts:
            soak.memory()
    finally:
        shutil.rmtree(soak.folder, ignore_errors=True)
    row("seed; minutes in all", f"{options.seed}; {(time.monotonic() - begin) / 60:.0f}")
    print("\n| what | figure |\n|---|---|")
    for what, figure in rows:
        print(f"| {what} | {figure} |")
    sys.exit(any(figure == "NO" for _, figure in rows))


main()
