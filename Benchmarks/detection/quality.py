# SPDX-License-Identifier: Apache-2.0
"""Judges insights by labels, with the rule and the figures of `trail-insights evaluate`.

Why a second time: thousands of options of the peers are judged here, too many for a process each.
`bench.py` checks on every trail that both give the same figures.
"""
import csv
from datetime import datetime, timezone
from functools import lru_cache
from statistics import median

KEY = ["insight_type", "recipient_account_id", "aws_region", "event_category", "event_source",
       "event_name", "error_code"]
GRACE_BEFORE, GRACE_AFTER, EARLIEST = 2, 10, 5


@lru_cache(maxsize=None)
def minute(text):
    """Minutes since 1970 of an RFC 3339 time in UTC."""
    time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    return int(time.timestamp()) // 60


def key(row):
    return tuple(row.get(name, "") for name in KEY)


def read_labels(path):
    with open(path, newline="") as file:
        return [{"series": key(row), "start": minute(row["start_time"]),
                 "end": minute(row["end_time"]), "family": row["family"]}
                for row in csv.DictReader(file)]


def read_lures(path):
    with open(path, newline="") as file:
        return [{"series": key(row) if row["insight_type"] else None, "kind": row["kind"],
                 "start": minute(row["start_time"]), "end": minute(row["end_time"])}
                for row in csv.DictReader(file)]


def read_insights(path):
    with open(path, newline="") as file:
        return [{"series": key(row), "start": minute(row["start_time"]),
                 "end": minute(row["end_time"]) if row["end_time"] else None,
                 "detected": minute(row["detected_time"]), "severity": float(row["severity"])}
                for row in csv.DictReader(file)]


def found_label(insight, labels, earliest):
    """The index of the label that an insight finds among those of its series, or None."""
    best = None
    for index, label in labels:
        if not label["start"] - earliest <= insight["start"] < label["end"] + GRACE_AFTER:
            continue
        if insight["end"] is not None and insight["end"] <= label["start"] - GRACE_BEFORE:
            continue
        distance = (abs(insight["start"] - label["start"]), label["start"])
        if best is None or distance < best[0]:
            best = (distance, index)
    return best and best[1]


def match(insights, labels, earliest=EARLIEST):
    """For each insight the index of the label that it finds, or None.

    `earliest`: how many minutes before the label it may begin.
    """
    by_series = {}
    for index, label in enumerate(labels):
        by_series.setdefault(label["series"], []).append((index, label))
    return [found_label(insight, by_series.get(insight["series"], ()), earliest)
            for insight in insights]


def average_precision(insights, matched, label_count):
    """Mean precision at the places of the labels, ranked by severity; ties are one place."""
    places = {}
    for insight, label in zip(insights, matched):
        places.setdefault(insight["severity"], []).append(label)
    seen, found, wrong, total = set(), 0, 0, 0.0
    for severity in sorted(places, reverse=True):
        new = {label for label in places[severity] if label is not None} - seen
        seen |= new
        found += len(new)
        wrong += sum(label is None for label in places[severity])
        if new:
            total += len(new) * found / (found + wrong)
    return total / label_count


def is_lured(insight, lure):
    return (lure["series"] in (None, insight["series"])
            and lure["start"] - EARLIEST <= insight["start"] < lure["end"] + GRACE_AFTER)


def quality(insights, labels, lures, extent, earliest=EARLIEST):
    """The figures under the names of `evaluate --json`, as far as peers have them.

    `extent`: weeks and series looked at.
    """
    matched = match(insights, labels, earliest)
    first = {}
    for place, (insight, label) in enumerate(zip(insights, matched)):
        if label is not None:
            rank = (insight["start"], place)
            first[label] = min(first.get(label, rank), rank)
    wrong = [insight for insight, label in zip(insights, matched) if label is None]
    delays = [insights[place]["detected"] - labels[label]["start"]
              for label, (_, place) in first.items()]
    families = {}
    for index, label in enumerate(labels):
        family = families.setdefault(label["family"], {"labels": 0, "found": 0})
        family["labels"] += 1
        family["found"] += index in first
    kinds = {}
    for lure in lures:
        kinds.setdefault(lure["kind"], []).append(lure)
    return {
        "labels": len(labels), "found": len(first), "false": len(wrong),
        "precision": len(first) / (len(first) + len(wrong)) if first or wrong else None,
        "recall": len(first) / len(labels),
        "f1": 2 * len(first) / (len(labels) + len(first) + len(wrong)),
        "average_precision": average_precision(insights, matched, len(labels)),
        "false_per_week_per_100_series": len(wrong) / extent[0] / extent[1] * 100,
        "median_delay_minutes": median(delays) if delays else None,
        "families": families,
        "lures": {kind: {"lures": len(members), "insights": sum(
            any(is_lured(insight, lure) for lure in members) for insight in wrong)}
            for kind, members in kinds.items()},
    }
