# SPDX-License-Identifier: Apache-2.0
"""Microsoft's cloud monitoring data: its rows, and how well scores rank the labelled ones.

VUS-PR after J. Paparrizos et al., "Volume under the surface: a new accuracy evaluation measure for
time-series anomaly detection", PVLDB 15, 2022.
"""

import csv
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

BUFFERS = range(0, 21, 4)  # Rows of tolerance around a segment, of which VUS-PR is the mean.
THRESHOLDS = 250


class Series(NamedTuple):
    """A file with its labels; values that are missing are NaN."""

    name: str
    path: Path
    times: np.ndarray
    values: np.ndarray
    labels: np.ndarray


def load(root: Path) -> list[Series]:
    """Reads all series, sorted by name."""
    folder = root / "data"
    return [_read(path, str(path.relative_to(folder))) for path in sorted(folder.glob("*/*.csv"))]


def _read(path: Path, name: str) -> Series:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    times = [datetime.fromisoformat(row["TimeStamp"]).timestamp() for row in rows]
    values = [float(row["Value"] or "nan") for row in rows]
    labels = [int(float(row["Label"] or 0)) for row in rows]
    return Series(name, path, np.array(times), np.array(values), np.array(labels))


def segments(labels: np.ndarray) -> list[tuple[int, int]]:
    """The runs of labelled rows as (first, last)."""
    edges = np.diff(np.concatenate([[0], labels, [0]]))
    return list(zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1))


def average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    """The mean precision over recall; rows of equal score are taken together."""
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(labels[order])
    level = scores[order]
    ends = np.flatnonzero(np.append(level[1:] != level[:-1], True))
    precision = found[ends] / (ends + 1)
    return float(np.sum(np.diff(found[ends], prepend=0) * precision) / found[-1])


def vus_pr(labels: np.ndarray, scores: np.ndarray) -> float:
    """The mean, over buffers, of the area under precision and recall with softened labels."""
    return float(np.mean([_range_pr(labels, scores, buffer) for buffer in BUFFERS]))


def _softened(labels: np.ndarray, buffer: int) -> np.ndarray:
    soft = labels.astype(float)
    for first, last in segments(labels):
        for distance in range(1, buffer // 2 + 1):
            worth = np.sqrt(1 - distance / buffer)
            for row in (first - distance, last + distance):
                if 0 <= row < len(soft):
                    soft[row] = min(1.0, soft[row] + worth)
    return soft


def _range_pr(labels: np.ndarray, scores: np.ndarray, buffer: int) -> float:
    soft = _softened(labels, buffer)
    positives = (labels.sum() + soft.sum()) / 2
    runs = segments((soft > 0).astype(int))
    highest = np.array([scores[first : last + 1].max() for first, last in runs])
    order = np.argsort(-scores, kind="stable")
    gathered = np.cumsum(soft[order])
    picks = np.linspace(0, len(scores) - 1, THRESHOLDS).astype(int)
    area, last_recall = 0.0, 0.0
    for threshold in np.unique(scores[order][picks])[::-1]:
        taken = int(np.searchsorted(-scores[order], -threshold, side="right"))
        hit = float(np.mean(highest >= threshold))
        recall = min(gathered[taken - 1] / positives, 1.0) * hit
        area += (recall - last_recall) * gathered[taken - 1] / taken
        last_recall = recall
    return area
