"""How unlikely what a ship did was, by the forecasts made before: the score of findings, and its calibration."""
import math

import numpy as np
import torch

from . import tracks as t
from .regions import log_density

HORIZONS = (1, 3)      # forecasts made 10 and 30 minutes before
MOMENTS = 9            # their mean surprise over 90 minutes


def surprises(net, ways: list, batch: int = 2048) -> list[np.ndarray]:
    """For each track [reports, HORIZONS]: minus ln of a bound of the chance of a place as unlikely; NaN where unknown.

    Of each way at most the part density / its peak lies where the mixture is no denser. For one Gaussian the bound is the chance
    itself, so that this is exponential with mean 1, whatever its spread. Tracks have a report each ten minutes."""
    parts = [t.windows(way, t.STEP_S) for way in ways]
    data = t.stack(parts)
    out = []
    with torch.no_grad():
        for start in range(0, len(data["now"]), batch):
            history, now, future = (torch.from_numpy(data[key][start:start + batch]) for key in ("history", "now", "future"))
            _, weight, mean, covariance = net(history, now)
            rows = []
            for horizon in HORIZONS:
                m, c = mean[:, :, horizon - 1], covariance[:, :, horizon - 1]
                at = log_density(weight, m, c, future[:, horizon - 1:horizon, :2])
                peak = torch.log(weight) - 0.5 * torch.log(c[..., 0] * c[..., 1] - c[..., 2] ** 2) - math.log(2 * math.pi)
                value = (-torch.logsumexp(torch.log(weight) + (at - peak).clamp_max(0), 1)).clamp_min(0)
                rows.append(torch.where(future[:, horizon - 1, 2] > 0, value, torch.nan).numpy())
            out.append(np.stack(rows, 1))
    every, result, start = np.concatenate(out), [], 0
    for way, part in zip(ways, parts):
        mine = every[start:start + len(part["now"])]
        start += len(part["now"])
        said = np.full((len(way.at), len(HORIZONS)), np.nan)
        for row, now in zip(mine, part["index"]):
            for column, horizon in enumerate(HORIZONS):
                if now + horizon < len(way.at):
                    said[now + horizon, column] = row[column]
        result.append(said)
    return result


def scores(said: np.ndarray) -> np.ndarray:
    """The score at each report of a track: the mean over the horizons, summed over the last moments, by their full number."""
    known = ~np.isnan(said)
    moment = np.where(known, said, 0).sum(1) / np.maximum(1, known.sum(1))
    total = np.cumsum(np.concatenate([np.zeros(MOMENTS), moment]))
    return (total[MOMENTS:] - total[:-MOMENTS]) / MOMENTS


def calibration(untouched: list[np.ndarray]) -> dict:
    """What share of untouched voyages reach a score at all, from the highest down: score -> share, as pairs, with the count behind."""
    highest = np.sort([score.max() for score in untouched])[::-1]
    pairs = [[round(float(value), 4), round((rank + 1) / (len(highest) + 1), 5)] for rank, value in enumerate(highest) if rank < 64]
    return dict(horizons_minutes=[10 * h for h in HORIZONS], moments=MOMENTS, voyages=len(highest), reached=pairs)
