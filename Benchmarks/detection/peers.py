# SPDX-License-Identifier: Apache-2.0
"""The peers: each takes counts in bins and says how unusual every bin is.

Every function takes a matrix of series by bins and the number of bins in a day, and returns a
matrix of scores; only which of two is larger matters. No peer scores the first week.
"""
import warnings

import numpy as np
import rrcf
from libspot import Spot
from scipy import stats
from statsmodels.tsa.seasonal import STL

FLOOR = 0.5  # events: no deviation is taken to be smaller, or rare series would divide by zero


def running(counts, bins):
    """Mean and variance of as many bins before each one; 0 where there are fewer."""
    sums = np.pad(np.cumsum(counts, axis=1), ((0, 0), (1, 0)))
    squares = np.pad(np.cumsum(counts**2, axis=1), ((0, 0), (1, 0)))
    mean, variance = np.zeros_like(counts), np.zeros_like(counts)
    mean[:, bins:] = (sums[:, bins:-1] - sums[:, :-bins - 1]) / bins
    variance[:, bins:] = (squares[:, bins:-1] - squares[:, :-bins - 1]) / bins
    return mean, np.maximum(0, variance - mean**2)


def seven_day_z(counts, day):
    """What AWS documents: the mean of the seven days before, in standard deviations."""
    mean, variance = running(counts, 7 * day)
    return (counts - mean) / np.maximum(np.sqrt(variance), FLOOR)


def seven_day_poisson(counts, day):
    """The same mean, with the Poisson tail."""
    mean, _ = running(counts, 7 * day)
    return -stats.poisson.logsf(counts - 1, mean + 0.5 / (7 * day))


def by_slot(counts, slots):
    """Deviations from the mean of the same slot in all cycles before."""
    score = np.zeros_like(counts)
    for start in range(slots, counts.shape[1], slots):
        now = counts[:, start:start + slots]
        past = counts[:, :start].reshape(len(counts), -1, slots)[:, :, :now.shape[1]]
        deviation = np.maximum(past.std(axis=1), FLOOR)
        score[:, start:start + slots] = (now - past.mean(axis=1)) / deviation
    return score


def three_sigma_day(counts, day):
    """Standard deviations by time of day."""
    return by_slot(counts, day)


def three_sigma_week(counts, day):
    """Standard deviations by time of week; of one week before there is no deviation, so the
    root of the count stands for it where that is larger."""
    score = np.zeros_like(counts)
    week = 7 * day
    for start in range(week, counts.shape[1], week):
        now = counts[:, start:start + week]
        past = counts[:, :start].reshape(len(counts), -1, week)[:, :, :now.shape[1]]
        mean = past.mean(axis=1)
        deviation = np.maximum(np.maximum(past.std(axis=1), np.sqrt(mean)), FLOOR)
        score[:, start:start + week] = (now - mean) / deviation
    return score


def robust_deviations(residuals):
    """Distances from the median in median absolute deviations, by series."""
    residuals = residuals - np.median(residuals, axis=1, keepdims=True)
    spread = 1.4826 * np.median(np.abs(residuals), axis=1, keepdims=True)
    return residuals / np.maximum(spread, FLOOR)


def s_h_esd(counts, day):
    """Seasonal hybrid ESD (Hochenbaum, Vallis and Kejariwal 2017), in hindsight: the median is
    the trend, slot means are the season, and extremes are taken by median and MAD. Its test value
    is the threshold that is chosen here."""
    level = counts - np.median(counts, axis=1, keepdims=True)
    whole = counts.shape[1] // day * day
    season = level[:, :whole].reshape(len(counts), -1, day).mean(axis=1)
    days = -(-counts.shape[1] // day)
    return robust_deviations(level - np.tile(season, days)[:, :counts.shape[1]])


def stl_residual(counts, day):
    """The residual of robust STL (Cleveland and others 1990) on roots, in hindsight, with a season
    that hardly changes and a trend of a week."""
    fits = [STL(series, period=day, seasonal=41, trend=7 * day + 1, robust=True)
            for series in np.sqrt(counts)]
    residuals = np.array([fit.fit(inner_iter=2, outer_iter=4).resid for fit in fits])
    spread = 1.4826 * np.median(np.abs(residuals), axis=1, keepdims=True)
    return residuals / np.maximum(spread, FLOOR)


def holt_winters(counts, day):
    """Additive Holt-Winters with a season of a day, on roots, all series at once; constants as
    NIST's handbook suggests them for slow change."""
    alpha, beta, gamma = 0.05, 0.001, 0.2
    values = np.sqrt(counts)
    level = values[:, :day].mean(axis=1)
    trend = np.zeros(len(values))
    season = values[:, :day] - level[:, None]
    residuals = np.zeros_like(values)
    for now in range(day, values.shape[1]):
        slot = now % day
        residuals[:, now] = values[:, now] - level - trend - season[:, slot]
        last = level
        level = alpha * (values[:, now] - season[:, slot]) + (1 - alpha) * (level + trend)
        trend = beta * (level - last) + (1 - beta) * trend
        season[:, slot] = gamma * (values[:, now] - level) + (1 - gamma) * season[:, slot]
    spread = np.sqrt(running(residuals, 6 * day)[1])
    return residuals / np.maximum(spread, FLOOR)


def spot(counts, day):
    """SPOT (Siffer and others 2017) by libspot, set up on the first week."""
    score = np.zeros_like(counts)
    for series, values in enumerate(counts):
        detector = Spot(q=1e-3, level=0.95, discard_anomalies=True)
        try:
            detector.fit(values[:7 * day])
        except (RuntimeError, ValueError):
            continue
        for now in range(7 * day, len(values)):
            value = values[now]
            if value > detector.excess_threshold:
                chance = detector.probability(value)
                score[series, now] = -np.log(max(chance, 1e-300)) if chance == chance else 0
            detector.step(value)
    return score


def cut_forest(counts, day, trees=10, size=64, shingle=3):
    """Random cut forests (Guha and others 2016) by rrcf: one a series and week, on roots of
    shingles from the fortnight before. Only bins above their week's mean are scored, for a forest
    takes a thousand times as long as all else here."""
    random = np.random.default_rng(0)
    mean, variance = running(counts, 7 * day)
    candidates = (counts > mean + np.sqrt(variance)) & (counts >= 3)
    values = np.sqrt(counts)
    score = np.zeros_like(counts)
    for start in range(7 * day, counts.shape[1], 7 * day):
        for series in np.flatnonzero(candidates[:, start:start + 7 * day].any(axis=1)):
            points = np.lib.stride_tricks.sliding_window_view(values[series], shingle)
            first = max(0, start - 14 * day)
            past = points[first:start - shingle + 1]
            bins = start + np.flatnonzero(candidates[series, start:start + 7 * day])
            for _ in range(trees):
                sample = random.choice(len(past), min(size, len(past)), replace=False)
                noise = random.normal(0, 1e-3, (len(sample), shingle))
                tree = rrcf.RCTree(past[sample] + noise, random_state=int(random.integers(2**31)))
                for now in bins:
                    tree.insert_point(points[now - shingle + 1], index="now")
                    score[series, now] += tree.codisp("now") / trees
                    tree.forget_point("now")
    return score


def farrington(counts, day):
    """Farrington flexible (Noufaily and others 2013), with days in place of years: a quasi-Poisson
    fit on the same time of day, one bin to either side, of up to 28 days; a trend, a factor for
    weekends, past extremes weighted down, and the tail of a negative binomial."""
    score = np.zeros_like(counts)
    days = counts.shape[1] // day
    padded = np.pad(counts, ((0, 0), (1, 1)), mode="edge")
    # Series, day, slot, neighbour.
    near = np.stack([padded[:, shift:shift + days * day] for shift in range(3)], axis=-1)
    near = near.reshape(len(counts), days, day, 3)
    weekday = np.arange(days) % 7
    for today in range(7, days):
        past = np.arange(max(0, today - 28), today)
        y = near[:, past].transpose(0, 2, 1, 3).reshape(-1, 3 * len(past))
        trend = np.repeat((past - today) / 28, 3)
        weekend = np.repeat((weekday[past] >= 5).astype(float), 3)
        design = np.stack([np.ones_like(trend), trend, weekend], axis=1)
        mean, variance = forecast(y, design, np.array([1, 0, float(weekday[today] >= 5)]))
        now = counts[:, today * day:(today + 1) * day].reshape(-1)
        score[:, today * day:(today + 1) * day] = tail(now, mean, variance).reshape(-1, day)
    return score


def forecast(y, design, today):
    """Mean and variance of the next count by a reweighted quasi-Poisson fit of each row."""
    weights = np.ones_like(y)
    for _ in range(2):
        beta, inverse, mu = fit(y, design, weights)
        leverage = np.einsum("np,rpq,nq->rn", design, inverse, design) * mu * weights
        slack = np.maximum(1, (weights.sum(axis=1) - design.shape[1]))
        phi = np.maximum(1, (weights * (y - mu)**2 / mu).sum(axis=1) / slack)
        root = np.sqrt(phi[:, None] * np.maximum(1e-3, 1 - leverage))
        anscombe = 1.5 * (y**(2 / 3) - mu**(2 / 3)) / (mu**(1 / 6) * root)
        weights = np.where(anscombe > 2.58, np.maximum(anscombe, 1e-9)**-2, 1)
        weights *= y.shape[1] / weights.sum(axis=1, keepdims=True)
    mean = np.exp(np.clip(beta @ today, -12, 12))
    # A forecast above all that was seen is the trend's doing, and is not believed.
    mean = np.minimum(mean, np.maximum(y.max(axis=1), 1 / y.shape[1]))
    return mean, phi * mean + mean**2 * phi * np.einsum("p,rpq,q->r", today, inverse, today)


def fit(y, design, weights):
    """Log-linear Poisson fits by weighted least squares, all rows at once; slightly ridged."""
    mu = np.repeat(y.mean(axis=1, keepdims=True) + 0.02, y.shape[1], axis=1)
    eta = np.log(mu)
    ridge = np.diag([1e-6, 0.5, 0.5])
    for _ in range(6):
        working = weights * mu
        normal = np.einsum("rn,np,nq->rpq", working, design, design, optimize=True) + ridge
        right = (working * (eta + (y - mu) / mu)) @ design
        inverse = np.linalg.inv(normal)
        beta = np.einsum("rpq,rq->rp", inverse, right)
        eta = np.clip(beta @ design.T, -12, 12)
        mu = np.exp(eta)
    return beta, inverse, mu


def tail(counts, mean, variance):
    """-log of the chance of at least so many, negative binomial by mean and variance."""
    variance = np.maximum(variance, mean * 1.0001)
    size = mean**2 / (variance - mean)
    chance = -stats.nbinom.logsf(counts - 1, size, size / (size + mean))
    return np.where(counts > mean, np.nan_to_num(chance, posinf=700), 0)


# A peer's name, its function, and the bins in minutes that it is tried on.
BOTH, HOURS = (30, 60), (60,)
PEERS = [
    ("7-day mean, z-score (AWS's documents)", seven_day_z, BOTH),
    ("7-day mean, Poisson tail", seven_day_poisson, BOTH),
    ("3-sigma by hour of day", three_sigma_day, BOTH),
    ("3-sigma by hour of week", three_sigma_week, BOTH),
    ("S-H-ESD, in hindsight", s_h_esd, BOTH),
    ("STL residual, in hindsight", stl_residual, HOURS),
    ("Holt-Winters", holt_winters, BOTH),
    ("SPOT", spot, BOTH),
    ("random cut forest", cut_forest, HOURS),
    ("Farrington flexible", farrington, BOTH),
]


def scores(peer, counts, day):
    """A peer's scores; none in the first week, and only for more calls than none."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        score = np.nan_to_num(peer(counts, day), nan=0, posinf=1e9, neginf=0)
    score[:, :7 * day] = 0
    return np.where(counts > 0, score, 0)
