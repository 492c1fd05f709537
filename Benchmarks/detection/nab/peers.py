# SPDX-License-Identifier: Apache-2.0
"""Detectors to stand beside ours on the same rows: what people use on plain series."""

import numpy as np
import rrcf


def rolling_z(values: np.ndarray, window: int) -> np.ndarray:
    """Distance to the mean of the last rows in their standard deviations."""
    sums = np.concatenate([[0], np.cumsum(values)])
    squares = np.concatenate([[0], np.cumsum(values**2)])
    last = np.arange(len(values))
    first = np.maximum(0, last - window)
    count = np.maximum(last - first, 1)
    mean = (sums[last] - sums[first]) / count
    variance = (squares[last] - squares[first]) / count - mean**2
    deviation = np.sqrt(np.maximum(variance, 1e-12 * (1 + mean**2)))
    return np.where(last < 10, 0.0, np.abs(values - mean) / deviation)


def seasonal_hybrid_esd(values: np.ndarray, period: int) -> np.ndarray:
    """The statistic of S-H-ESD: what is left after season and median, over its MAD.

    The season is the median of each phase. It is taken from the whole series, so this peer knows
    the future.
    """
    rest = values - np.median(values)
    if 1 < period <= len(values) // 2:
        phase = np.arange(len(values)) % period
        for at in range(period):
            rest[phase == at] -= np.median(rest[phase == at])
    spread = np.median(np.abs(rest - np.median(rest)))
    return np.abs(rest - np.median(rest)) / max(spread, 1e-9 * (1 + np.abs(values).max()))


def random_cut_forest(values: np.ndarray, trees=8, size=64, shingle=4) -> np.ndarray:
    """Collusive displacement in a streaming robust random cut forest, small for speed's sake."""
    random = np.random.RandomState(1)
    forest = [rrcf.RCTree(random_state=random) for _ in range(trees)]
    scores = np.zeros(len(values))
    # Equal points are one leaf to a tree; a grain of noise keeps the library from its slow path.
    noisy = values + random.normal(size=len(values)) * 1e-6 * (np.std(values) or 1.0)
    for row in range(shingle - 1, len(values)):
        point = noisy[row - shingle + 1 : row + 1]
        total = 0.0
        for tree in forest:
            if len(tree.leaves) >= size:
                tree.forget_point(row - size)
            tree.insert_point(point, index=row)
            total += tree.codisp(row)
        scores[row] = total / trees
    return scores
