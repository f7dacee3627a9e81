"""The training loop of one member: the point by distance, the mixture by likelihood at every horizon."""
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch

from .network import HOURS, MotionNet
from .tracks import STEPS


def losses(out, future):
    """Mean distance of the point in NM, and minus log density at the place, over the horizons that are known."""
    point, log_weight, mean, log_sigma, correlation, turn = out
    place = torch.einsum("nsk,nrk->nsr", future[:, :, :2], turn)
    known = future[:, :, 2]
    distance = ((point - place) ** 2).sum(-1).add(1e-4).sqrt()
    z = (place[:, None] - mean) / log_sigma.exp()
    free = 1 - correlation * correlation
    square = (z[..., 0] ** 2 + z[..., 1] ** 2 - 2 * correlation * z[..., 0] * z[..., 1]) / free
    log = -0.5 * square - log_sigma.sum(-1) - 0.5 * torch.log(free) - math.log(2 * math.pi)
    density = torch.logsumexp(log + log_weight[:, :, None], 1)
    # Nearer horizons weigh as much as farther ones, though their errors are smaller.
    scale = 1.5 / (0.5 + HOURS)
    return (distance * known * scale).sum() / known.sum(), -(density * known).sum() / known.sum(), distance, density


def train(data: dict, weight: np.ndarray, file: Path, epochs: int, seed: int, measure=None, batch: int = 512, rate: float = 2e-3, jitter: float = 0.05, forgets: float = 0.1,
          **shape) -> MotionNet:
    """Trains a member, or reads it where the file is there. `weight` says how often a window is drawn."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    net = MotionNet(**shape)
    if file.exists():
        net.load_state_dict(torch.load(file))
        return net.eval()
    rng = np.random.default_rng(seed)
    history, now, future = (torch.from_numpy(data[key]) for key in ("history", "now", "future"))
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    averaged = copy.deepcopy(net).eval()
    chance = weight / weight.sum()
    each = len(history) // batch
    began, step, steps = time.monotonic(), 0, epochs * each
    for epoch in range(epochs):
        order = rng.choice(len(history), size=each * batch, p=chance)
        net.train()
        seen = []
        for part in range(each):
            pick = torch.from_numpy(order[part * batch:(part + 1) * batch])
            past = history[pick].clone()
            # A ship is often known for less than three hours: half of the windows are cut, and a tenth forget their water.
            past[:, :, :2] += torch.from_numpy(rng.normal(0, jitter, (batch, STEPS, 2)).astype(np.float32))
            cut = torch.from_numpy(np.where(rng.random(batch) < 0.5, rng.integers(1, STEPS + 1, batch), STEPS))
            past *= (torch.arange(STEPS)[None] < cut[:, None])[:, :, None] * past[:, :, 2:]
            state = now[pick].clone()
            silent = torch.from_numpy(rng.random(batch) < 0.1)
            state[silent, 2:5] = 0
            forget = torch.from_numpy((rng.random((batch, 1)) < forgets).astype(np.float32))
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 100) * (0.51 + 0.49 * math.cos(math.pi * step / steps))
            distance, density, _, _ = losses(net(past, state, forget), future[pick])
            optimiser.zero_grad()
            (density + distance).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            step += 1
            seen.append((float(distance), float(density)))
            with torch.no_grad():
                keep = min(0.99, (1 + step) / (10 + step))
                for mine, new in zip(averaged.parameters(), net.parameters()):
                    mine.lerp_(new, 1 - keep)
        if epoch % 10 == 9 or epoch == epochs - 1:
            line = dict(epoch=epoch + 1, seconds=round(time.monotonic() - began), distance=round(float(np.mean([s[0] for s in seen])), 4),
                        minus_log_density=round(float(np.mean([s[1] for s in seen])), 4))
            if measure is not None:
                line |= measure(averaged)
            with file.with_suffix(".log").open("a") as log:
                log.write(json.dumps(line) + "\n")
    torch.save(averaged.state_dict(), file)
    return averaged.eval()
