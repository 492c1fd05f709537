# SPDX-License-Identifier: Apache-2.0
"""Scores NAB and Microsoft's cloud monitoring data with `trail-insights score` and with peers, and
prints the tables as Markdown. Usage: run.py TOOL [--without-forest]"""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import cloud_monitoring
import nab_scoring
import peers
import windowed_gaussian

# As published with NAB v1.1 (its README and the ARTime results); realTweets re-computed.
PUBLISHED = [
    ("ARTime", 74.9, 65.2, 80.4, 81.8),
    ("Numenta HTM", 70.1, 63.1, 74.3, 68.0),
    ("CAD OSE", 69.9, 67.0, 73.2, 74.5),
    ("earthgecko Skyline", 58.2, 46.2, 63.8, 68.9),
    ("KNN CAD", 58.0, 43.4, 64.8, 64.3),
    ("AWS random cut forest", 51.7, 38.4, 59.7, 48.1),
    ("Twitter ADVec", 47.1, 33.6, 53.5, 59.6),
    ("windowed Gaussian", 39.6, 20.9, 47.4, 51.4),
]
FOREST_ROWS = 7000  # The forest is run on series of up to so many rows.


def tool_scores(tool: str, corpus: list) -> dict:
    """The last column of `score`, a series a file; rows without a score count as 0."""
    command = [tool, "score", "--quiet", *(str(series.path) for series in corpus)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 3):
        sys.exit(f"{command[0]} ended with {run.returncode}: {run.stderr}")
    column = [float(line.rsplit(",", 1)[1] or 0) for line in run.stdout.splitlines()[1:]]
    ends = np.cumsum([len(series.values) for series in corpus])
    if len(column) != ends[-1]:
        sys.exit(f"{len(column)} rows of scores for {ends[-1]} rows")
    return {
        series.name: np.array(column[end - len(series.values) : end])
        for series, end in zip(corpus, ends)
    }


def table(head: list, rows: list):
    """Prints a Markdown table."""
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def nab(tool: str, root: Path):
    """Prints NAB's three profiles, ours among the published ones."""
    corpus = nab_scoring.load(root)
    gaussian = {s.name: np.round(windowed_gaussian.scores(s.values), 12) for s in corpus}
    ours = tool_scores(tool, corpus)
    rows = [(name, *figures[:3], figures[3], "") for name, *figures in PUBLISHED]
    rows.append(("windowed Gaussian, scored here", *_profiles(corpus, gaussian)))
    rows.append(("**trail-insights**", *_profiles(corpus, ours)))
    rows.sort(key=lambda row: -float(row[1]))
    print("## NAB v1.1: 58 series, 116 windows\n")
    head = ["detector", "standard", "low FP", "low FN", "realTweets", "realTweets alone"]
    table(head, rows)
    best = nab_scoring.score(corpus, ours, nab_scoring.PROFILES[0])
    print(
        f"Ours, standard: threshold {best.threshold:.2f}, {best.found} of {best.windows} windows,"
        f" {best.false_positives} rows outside.\n"
    )
    table(["category", "standard", "windows found", "rows outside"], _categories(corpus, ours, best))


def _profiles(corpus: list, scores: dict) -> tuple:
    results = [nab_scoring.score(corpus, scores, p) for p in nab_scoring.PROFILES]
    tweets = [series for series in corpus if series.name.startswith("realTweets/")]
    standard = nab_scoring.PROFILES[0]
    with_all = nab_scoring.score(tweets, scores, standard, results[0].threshold)
    alone = nab_scoring.score(tweets, scores, standard)
    return tuple(f"{result.score:.1f}" for result in [*results, with_all, alone])


def _categories(corpus: list, scores: dict, best) -> list:
    rows = []
    for category in sorted({series.name.split("/")[0] for series in corpus}):
        part = [series for series in corpus if series.name.startswith(category + "/")]
        result = nab_scoring.score(part, scores, nab_scoring.PROFILES[0], best.threshold)
        found = f"{result.found} of {result.windows}"
        score = f"{result.score:.1f}" if result.windows else "–"
        rows.append((category, score, found, result.false_positives))
    return rows


def cloud(tool: str, root: Path, with_forest: bool):
    """Prints how well detectors rank Microsoft's labelled rows."""
    corpus = cloud_monitoring.load(root)
    ours = tool_scores(tool, corpus)
    scores = {"trail-insights": ours}
    for label, window in (("a day", 1), ("a week", 7), ("all rows before", 10**6)):
        scores[f"rolling z-score, {label}"] = {
            s.name: peers.rolling_z(_filled(s), window * _rows_a_day(s)) for s in corpus
        }
    scores["S-H-ESD (knows the future)"] = {
        s.name: peers.seasonal_hybrid_esd(_filled(s), _rows_a_day(s)) for s in corpus
    }
    print("## Microsoft cloud monitoring: 60 series, 299 labelled segments\n")
    _rank(corpus, scores)
    if not with_forest:
        return
    short = [series for series in corpus if len(series.values) <= FOREST_ROWS]
    scores["random cut forest, 8 trees of 64"] = {
        s.name: peers.random_cut_forest(_filled(s)) for s in short
    }
    print(f"### The {len(short)} series of up to {FOREST_ROWS} rows, with a random cut forest\n")
    _rank(short, scores)


def _rows_a_day(series) -> int:
    return max(1, round(86400 / float(np.median(np.diff(series.times)))))


def _filled(series) -> np.ndarray:
    """Peers take no gaps: a missing value is the last one before it."""
    known = np.where(np.isnan(series.values), 0, np.arange(len(series.values)))
    return np.nan_to_num(series.values[np.maximum.accumulate(known)])


def _rank(corpus: list, scores: dict):
    labelled = [series for series in corpus if series.labels.any()]
    labels = np.concatenate([series.labels for series in corpus])
    rows = []
    for name, of_series in scores.items():
        precision = [cloud_monitoring.average_precision(s.labels, of_series[s.name]) for s in labelled]
        volume = [cloud_monitoring.vus_pr(s.labels, of_series[s.name]) for s in labelled]
        pooled = cloud_monitoring.average_precision(
            labels, np.concatenate([of_series[series.name] for series in corpus])
        )
        rows.append((name, f"{np.mean(precision):.3f}", f"{np.mean(volume):.3f}", f"{pooled:.3f}"))
    rows.sort(key=lambda row: row[1], reverse=True)
    table(["detector", "average precision", "VUS-PR", "average precision, pooled"], rows)


def main():
    """Runs both benchmarks."""
    data = os.environ.get("TRAIL_INSIGHTS_DATA")
    if not data:
        print("bench-nab: skipped, TRAIL_INSIGHTS_DATA names no folder with nab/")
        return
    print("# NAB and Microsoft cloud monitoring: the last run\n")
    print(f"Run on {datetime.date.today()} with `make bench-nab`.\n")
    nab(sys.argv[1], Path(data) / "nab")
    cloud(
        sys.argv[1], Path(data) / "microsoft-cloud-monitoring", "--without-forest" not in sys.argv
    )


main()
