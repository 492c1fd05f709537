# SPDX-License-Identifier: Apache-2.0
"""Times a regression for each series by statsmodels: a Poisson GLM of 28 days of half hours on the
half hour of the day and the weekday (54 columns; ours has 221), and prints microseconds a series.

usage: glm.py [SERIES]
"""

import sys
import time

import numpy as np
import statsmodels.api as sm

DAYS = 28


def design():
    bins = np.arange(DAYS * 48)
    halves = np.eye(48)[bins % 48]
    weekdays = np.eye(7)[bins // 48 % 7][:, 1:]
    return np.hstack([halves, weekdays])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    random = np.random.default_rng(1)
    columns = design()
    series = random.poisson(2.0, size=(count, DAYS * 48))
    start = time.process_time()
    for counts in series:
        sm.GLM(counts, columns, family=sm.families.Poisson()).fit()
    print(f"{(time.process_time() - start) / count * 1e6:.0f}")


if __name__ == "__main__":
    main()
