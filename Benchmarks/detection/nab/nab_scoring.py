# SPDX-License-Identifier: Apache-2.0
"""The scoring of the Numenta Anomaly Benchmark, written anew from its description.

Source: A. Lavin and S. Ahmad, "Evaluating real-time anomaly detection algorithms - the Numenta
Anomaly Benchmark", IEEE ICMLA 2015. Profiles and probation as published with NAB v1.1.
"""

import csv
import json
import math
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Profile(NamedTuple):
    """What a true positive, a false positive and a missed window weigh."""

    name: str
    true_positive: float
    false_positive: float
    missed: float


PROFILES = [
    Profile("standard", 1.0, 0.11, 1.0),
    Profile("reward low FP", 1.0, 0.22, 1.0),
    Profile("reward low FN", 1.0, 0.11, 2.0),
]


class Series(NamedTuple):
    """A file of the corpus with its windows as (first row, last row)."""

    name: str
    path: Path
    times: list
    values: np.ndarray
    windows: list


def load(root: Path) -> list[Series]:
    """Reads all series of NAB, sorted by name."""
    labels = json.loads((root / "labels" / "combined_windows.json").read_text())
    return [_read(root / "data" / name, name, labels[name]) for name in sorted(labels)]


def _read(path: Path, name: str, windows: list) -> Series:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    times = [datetime.fromisoformat(row["timestamp"]) for row in rows]
    index = {time: row for row, time in enumerate(times)}
    limits = [
        tuple(index[datetime.fromisoformat(limit).replace(microsecond=0)] for limit in window)
        for window in windows
    ]
    return Series(name, path, times, np.array([float(row["value"]) for row in rows]), limits)


def probation(rows: int) -> int:
    """The first rows, on which nothing is scored: 15 %, of 5000 rows at most."""
    return min(math.floor(0.15 * rows), math.floor(0.15 * 5000))


def scaled_sigmoid(y: np.ndarray) -> np.ndarray:
    """2 s(-5 y) - 1, s the logistic function; -1 from three window lengths after the window on."""
    y = np.asarray(y, dtype=float)
    return np.where(y > 3, -1.0, 2 / (1 + np.exp(5 * np.minimum(y, 3.0))) - 1)


class _Points(NamedTuple):
    """Every scored row of a corpus: its score, the window it lies in (-1: none) and its worth."""

    scores: np.ndarray
    window: np.ndarray
    worth: np.ndarray


def _points(series: Series, scores: np.ndarray, first_window: int) -> _Points:
    rows = len(series.values)
    window = np.full(rows, -1)
    worth = np.full(rows, -1.0)
    at = np.arange(rows)
    for number, (first, last) in enumerate(series.windows):
        width = last - first + 1
        inside = slice(first, last + 1)
        window[inside] = first_window + number
        worth[inside] = scaled_sigmoid(-(last - at[inside] + 1) / width) / scaled_sigmoid(-1.0)
        worth[last + 1 :] = scaled_sigmoid((at[last + 1 :] - last) / max(width - 1, 1))
    kept = slice(probation(rows), rows)
    return _Points(scores[kept], window[kept], worth[kept])


class Result(NamedTuple):
    """A normalised score, the threshold it was reached at, and what was found at it."""

    score: float
    threshold: float
    found: int
    windows: int
    false_positives: int


def score(corpus: list[Series], scores: dict, profile: Profile, threshold=None) -> Result:
    """Scores a detector on a corpus, at the threshold that is best for it unless one is given.

    A window is worth its earliest detection, each row outside windows counts for itself; 0 is the
    detector that says nothing, 100 the one that says the first row of each window and no other.
    """
    parts, count = [], 0
    for series in corpus:
        parts.append(_points(series, np.asarray(scores[series.name], dtype=float), count))
        count += len(series.windows)
    points = _Points(*(np.concatenate(column) for column in zip(*parts)))
    order = np.argsort(-points.scores, kind="stable")
    level, window, worth = (column[order] for column in points)
    gain = np.where(window < 0, worth * profile.false_positive, 0.0)
    best = np.full(count, -profile.missed)
    for row in np.flatnonzero(window >= 0):
        value = worth[row] * profile.true_positive
        if value > best[window[row]]:
            gain[row] = value - best[window[row]]
            best[window[row]] = value
    totals = -profile.missed * count + np.cumsum(gain)
    # A threshold takes all rows of an equal score or none.
    ends = np.flatnonzero(np.append(level[1:] != level[:-1], True))
    if threshold is None:
        end = ends[np.argmax(totals[ends])]
        total, threshold = totals[end], level[end]
        if total < -profile.missed * count:
            total, threshold = -profile.missed * count, math.inf
    else:
        taken = int(np.sum(level >= threshold))
        total = totals[taken - 1] if taken else -profile.missed * count
    taken = level >= threshold
    found = len(set(window[taken & (window >= 0)]))
    null = -profile.missed * count
    normal = 100 * (total - null) / (profile.true_positive * count - null) if count else 0.0
    return Result(normal, threshold, found, count, int(np.sum(taken & (window < 0))))
