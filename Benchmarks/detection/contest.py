# SPDX-License-Identifier: Apache-2.0
"""Gives every peer its best options on the very data, and judges it as we are judged."""
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import product

import numpy as np

import peers
import quality
import table

MINIMUM_COUNTS = [3, 6, 10, 20, 40]
GAP_MINUTES = [0, 60, 180, 480, 1440]
# How many bins are over the threshold, per trail.
ALARM_BINS = [int(20 * 1.3**step) for step in range(22)]


def read_minutes(trail):
    """Counts by series and minute, and the trail's first midnight."""
    start = quality.minute(trail.first) // 1440 * 1440
    days = (quality.minute(trail.last) - start) // 1440 + 1
    minutes = np.zeros((len(trail.series), days * 1440))
    number = {series: index for index, series in enumerate(trail.series)}
    for minute, series, count in trail.rows():
        minutes[number[series], quality.minute(minute) - start] = count
    return minutes, start


class Counts:
    """A trail's counts in bins, from its first midnight on."""

    def __init__(self, trail, minutes, start, width):
        self.trail, self.start, self.width, self.day = trail, start, width, 1440 // width
        self.bins = minutes.reshape(len(minutes), -1, width).sum(axis=2)

    def match(self, insights):
        """An alarm knows its minute no better than its bin, so it may begin that much early."""
        return quality.match(insights, self.trail.labels, self.width)

    def judge(self, insights):
        return self.trail.judge(insights, self.width)

    def insights(self, score, threshold, minimum, gap):
        """Alarms merged over gaps: each a run of bins, known when its first bin is over."""
        alarms = np.flatnonzero((score >= threshold) & (self.bins >= minimum))
        if not len(alarms):
            return []
        columns = self.bins.shape[1]
        series, bins = np.divmod(alarms, columns)
        breaks = (np.diff(series) != 0) | (np.diff(bins) - 1 > gap // self.width)
        firsts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
        lasts = np.concatenate([firsts[1:] - 1, [len(alarms) - 1]])
        peaks = np.maximum.reduceat(score.ravel()[alarms], firsts)
        return [self.insight(series[first], bins[first], bins[last], peak)
                for first, last, peak in zip(firsts, lasts, peaks)]

    def insight(self, series, first, last, peak):
        start = self.start + int(first) * self.width
        return {"series": self.trail.series[series], "start": start,
                "end": self.start + int(last + 1) * self.width, "detected": start + self.width,
                "severity": float(peak)}


def f1(counts, insights):
    matched = counts.match(insights)
    found = len(set(matched) - {None})
    return 2 * found / (len(counts.trail.labels) + found + matched.count(None))


def thresholds(scored):
    """Scores above which there are so many bins, over all trails."""
    pooled = np.sort(np.concatenate([score[score > 0] for _, score in scored]))[::-1]
    places = [count * len(scored) for count in ALARM_BINS if count * len(scored) < len(pooled)]
    return sorted({pooled[place] for place in places})


def best_options(scored):
    """Threshold, minimum count and gap with the best mean F1."""
    options = list(product(thresholds(scored), MINIMUM_COUNTS, GAP_MINUTES))
    return max(
        ((np.mean([f1(counts, counts.insights(score, *option))
                   for counts, score in scored]), option) for option in options),
        default=(0, (np.inf, 0, 0)))


def compete(name, peer, widths, all_counts):
    """A peer at its best: over bin widths and options. Returns its figures on each trail."""
    started = time.monotonic()
    tried = []
    for width in widths:
        scored = [(counts, peers.scores(peer, counts.bins, counts.day))
                  for counts in all_counts if counts.width == width]
        tried.append((*best_options(scored), width, scored))
    _, option, width, scored = max(tried, key=lambda found: found[0])
    figures = [counts.judge(counts.insights(score, *option)) for counts, score in scored]
    return f"{name}, {width} min", figures, option, time.monotonic() - started


def run(trails):
    """All peers, as rows for the table."""
    all_counts = []
    for trail in trails:
        minutes, start = read_minutes(trail)
        all_counts += [Counts(trail, minutes, start, width) for width in peers.BOTH]
    # The slow ones first, so that both workers end at about the same time.
    order = sorted(peers.PEERS, key=lambda peer: peer[1] is not peers.cut_forest)
    with ProcessPoolExecutor(2) as pool:
        running = [pool.submit(compete, *peer, all_counts) for peer in order]
        results = []
        for future in as_completed(running):
            name, figures, (threshold, minimum, gap), seconds = future.result()
            print(f"{name}: score {threshold:.3g}, {minimum} calls, gaps of {gap} min; "
                  f"{seconds:.0f} s", file=sys.stderr, flush=True)
            results.append((name, figures))
    return sorted(results, key=lambda result: -table.average(result[1], "f1"))
