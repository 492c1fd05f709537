# SPDX-License-Identifier: Apache-2.0
"""Makes labelled trails, and runs trail-insights on them."""
import csv
import json
import subprocess
from pathlib import Path

import quality


class Trail:
    """A labelled trail in a folder: its counts, and what we and `evaluate` said of it."""

    def __init__(self, tool, folder, seed, options, with_logs):
        self.tool, self.folder, self.seed = tool, Path(folder) / f"seed-{seed}", seed
        self.options, self.with_logs = ["--seed", str(seed), *options], with_logs
        self.insights = self.folder / "insights.csv"
        self.folder.mkdir(parents=True)
        (self.make_from_logs if with_logs else self.make_from_counts)()
        self.labels = quality.read_labels(self.folder / "labels.csv")
        self.lures = quality.read_lures(self.folder / "lures.csv")

    def run(self, *arguments):
        command = [self.tool, *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def make_from_logs(self):
        """The whole way: peers get the counts of the logs that we read, culprits and all."""
        made, logs = self.folder / "made", self.folder / "made" / "AWSLogs"
        self.run("generate", "--output", made, "--quiet", *self.options)
        self.run("count", logs, "--quiet", "--csv", self.folder / "counts.csv")
        self.detect(made, logs)

    def make_from_counts(self):
        """The short way, for nobody is to be blamed."""
        made = self.folder / "made"
        self.run("generate", "--output", made, "--quiet", *self.options,
                 "--counts", self.folder / "counts.csv")
        self.detect(made, "--counts", self.folder / "counts.csv")

    def detect(self, made, *paths):
        for name in ("labels.csv", "lures.csv"):
            (made / name).rename(self.folder / name)
        self.run("detect", *paths, "--quiet", "--csv", self.insights)
        self.read_extent()
        self.write_coverage()

    def read_extent(self):
        """How much there is to look at: `count` and `detect` read the same."""
        series, first, last = set(), None, None
        for minute, key, _ in self.rows():
            series.add(key)
            first, last = first or minute, minute
        self.first, self.last = first, last
        self.series = sorted(series)
        self.weeks = (quality.minute(last) - quality.minute(first)) / 10080

    def rows(self):
        """Minute, series and count of each row of the table of counts."""
        with open(self.folder / "counts.csv", newline="") as file:
            rows = csv.reader(file)
            if next(rows) != ["minute", *quality.KEY, "count"]:
                raise SystemExit("counts.csv: the columns are not those of `count`")
            for row in rows:
                yield row[0], tuple(row[1:-1]), int(row[-1])

    def write_coverage(self):
        """What `evaluate` wants to know of the extent."""
        coverage = {"series": len(self.series), "first_event_time": self.first,
                    "last_event_time": self.last}
        (self.folder / "coverage.json").write_text(json.dumps(coverage))

    def evaluate(self, insights):
        return json.loads(self.run(
            "evaluate", insights, self.folder / "labels.csv", "--lures",
            self.folder / "lures.csv", "--coverage", self.folder / "coverage.json", "--json"))

    def judge(self, insights, earliest=quality.EARLIEST):
        """The same figures by our own matching."""
        extent = (self.weeks, len(self.series))
        return quality.quality(insights, self.labels, self.lures, extent, earliest)

    def own_quality(self):
        """Our figures by `evaluate`; the matching here must give the same."""
        told = self.evaluate(self.insights)
        check(told, self.judge(quality.read_insights(self.insights)), self.seed)
        if not self.with_logs:
            told["attribution_accuracy"] = None  # no callers, nobody to name
        return told

    def oracle_quality(self, oracle):
        """The figures of a detector that knows the laws of the trail; it knows no callers."""
        path = self.folder / "oracle.csv"
        with open(path, "wb") as file:
            subprocess.run([oracle, "oracle", str(self.seed), "21", "300"], check=True, stdout=file)
        return self.evaluate(path)


def check(told, counted, seed):
    """Stops where the two ways to judge disagree."""
    for name, value in counted.items():
        other = told[name]
        same = value == other if not isinstance(value, float) else (
            other is not None and abs(value - other) < 1e-9)
        if not same:
            raise SystemExit(f"seed {seed}: {name} is {other} by evaluate, {value} by quality.py")
