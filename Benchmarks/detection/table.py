# SPDX-License-Identifier: Apache-2.0
"""Prints figures as Markdown."""
from statistics import mean

COLUMNS = [("precision", "precision", 3), ("recall", "recall", 3), ("f1", "F1", 3),
           ("average_precision", "average precision", 3),
           ("false_per_week_per_100_series", "false a week per 100 series", 2),
           ("median_delay_minutes", "median delay, minutes", 1)]


def average(figures, name):
    values = [figure[name] for figure in figures if figure[name] is not None]
    return mean(values) if values else None


def cell(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def head(*cells):
    row(*cells)
    print("|" + "---|" * len(cells))


def print_detectors(results):
    """A line each; `results` are names with the figures of every trail."""
    head("detector", *[title for _, title, _ in COLUMNS])
    for name, figures in results:
        row(name, *[cell(average(figures, column), digits) for column, _, digits in COLUMNS])
    print()


def print_seeds(seeds, figures):
    """Our figures trail by trail."""
    head("seed", *[title for _, title, _ in COLUMNS], "attribution")
    for seed, figure in zip(seeds, figures):
        row(str(seed), *[cell(figure[column], digits) for column, _, digits in COLUMNS],
            cell(figure.get("attribution_accuracy"), 3))
    print()


def print_parts(figures, part, whole, count):
    """Sums over the trails of what was found by family, or flagged by kind of lure."""
    names = sorted({name for figure in figures for name in figure[part]})
    for name in names:
        parts = [figure[part].get(name, {whole: 0, count: 0}) for figure in figures]
        row(name, str(sum(p[count] for p in parts)), str(sum(p[whole] for p in parts)))
    print()


def print_own(seeds, figures):
    print_seeds(seeds, figures)
    head("family", "found", "incidents")
    print_parts(figures, "families", "labels", "found")
    head("lure", "insights", "lures")
    print_parts(figures, "lures", "lures", "insights")
