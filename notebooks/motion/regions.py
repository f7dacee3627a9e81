"""Highest-density regions of the mixture, and the masses that make them hold what they say."""
import math

import numpy as np
import torch

POINTS = 512


def halton(count: int, base: int) -> np.ndarray:
    """The first numbers of a Halton sequence, from its first on."""
    out = np.zeros(count)
    for i in range(count):
        number, part, value = i + 1, 1.0, 0.0
        while number > 0:
            part /= base
            value += part * (number % base)
            number //= base
        out[i] = value
    return out


def log_density(weight, mean, covariance, place):
    """[N, K], [N, K, 2], [N, K, 3], [N, M, 2] -> [N, M]."""
    away = place[:, :, None] - mean[:, None]
    ee, nn, en = (covariance[:, None, :, i] for i in range(3))
    det = ee * nn - en * en
    square = (nn * away[..., 0] ** 2 + ee * away[..., 1] ** 2 - 2 * en * away[..., 0] * away[..., 1]) / det
    return torch.logsumexp(-0.5 * square - 0.5 * torch.log(det) - math.log(2 * math.pi) + torch.log(weight)[:, None], 2)


def sample(weight, mean, covariance):
    """Fixed quasi-random points of each mixture [N, POINTS, 2]."""
    pick, one, two = (torch.tensor(halton(POINTS, base), dtype=torch.float32) for base in (2, 3, 5))
    a, b = (math.sqrt(2) * torch.erfinv(2 * u - 1) for u in (one, two))
    which = torch.searchsorted(torch.cumsum(weight, 1).contiguous(), pick[None].expand(len(weight), -1).contiguous()).clamp_max(weight.shape[1] - 1)
    m = torch.gather(mean, 1, which[..., None].expand(-1, -1, 2))
    c = torch.gather(covariance, 1, which[..., None].expand(-1, -1, 3))
    root = torch.sqrt(c[..., 0])
    lower = c[..., 2] / root
    return torch.stack([m[..., 0] + root * a, m[..., 1] + lower * a + torch.sqrt((c[..., 1] - lower * lower).clamp_min(1e-9)) * b], 2)


def masses(net, data: dict, horizon: int, batch: int = 1024):
    """Mass of the region whose edge goes through the truth, and a function mass -> area in NM^2, of the windows that know it."""
    known = data["future"][:, horizon - 1, 2] > 0
    out, levels = [], []
    with torch.no_grad():
        for start in range(0, int(known.sum()), batch):
            history, now, future = (torch.from_numpy(data[key][known][start:start + batch]) for key in ("history", "now", "future"))
            _, weight, mean, covariance = net(history, now)
            mean, covariance = mean[:, :, horizon - 1], covariance[:, :, horizon - 1]
            points = log_density(weight, mean, covariance, sample(weight, mean, covariance))
            truth = log_density(weight, mean, covariance, future[:, horizon - 1:horizon, :2])
            out.append((points > truth).float().mean(1).numpy())
            levels.append(points.sort(1, descending=True)[0].numpy())
    levels = np.concatenate(levels)

    def area(mass: float) -> np.ndarray:
        inside = np.arange(POINTS)[None] < mass * POINTS
        return (np.exp(-levels) * inside).mean(1)

    return np.concatenate(out), area
