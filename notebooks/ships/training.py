"""The training loop: AdamW, a rate that rises, stays and falls, a moving average of the weights; stops and goes on where it was."""
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch

from .augment import Crops, batch
from .losses import loss
from .network import Shape, ShipNet


class Plan:
    """What one run does. `steps` decides how long; the rest stays."""

    def __init__(self, name: str, shape: Shape, crops: Crops, vary, steps: int, rate: float = 1.5e-3, decay: float = 0.02,
                 average: float = 0.998, seed: int = 6, fall: float = 0.4, start: str | None = None, adapt=None,
                 keep_at: int = 0, rise: int = 150):
        self.name, self.shape, self.crops, self.vary = name, shape, crops, vary
        self.steps, self.rate, self.decay, self.average, self.seed = steps, rate, decay, average, seed
        self.rise = rise       # steps over which the rate rises, at most a seventh of all
        self.fall = fall       # share of the steps over which the rate falls, 0 to 1
        self.start = start     # name of an earlier run whose averaged weights it starts from
        self.adapt = adapt     # makes them fit
        self.keep_at = keep_at # averaged weights are kept at this step too, for others to start from


def train(plan: Plan, pictures: list, folder: Path, measure=None, every: int = 500) -> ShipNet:
    """Trains, or goes on from the last checkpoint; gives the averaged network. `measure(net)` is printed now and then."""
    torch.set_num_threads(1)   # two threads cost twice the processor time a step (measured): run two trainings side by side
    torch.manual_seed(plan.seed)
    net = ShipNet(plan.shape).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(_groups(net, plan.decay), lr=plan.rate, betas=(0.9, 0.99))
    averaged = copy.deepcopy(net).eval()
    step, seconds = 0, 0.0
    file, log = folder / f"{plan.name}.pt", folder / f"{plan.name}.log"
    if file.exists():
        saved = torch.load(file)
        net.load_state_dict(saved["net"])
        averaged.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        step, seconds = saved["step"], saved["seconds"]
    elif plan.start is not None:
        saved = torch.load(folder / f"{plan.start}.pt")["averaged"]
        saved = saved if plan.adapt is None else plan.adapt(saved)
        net.load_state_dict(saved)
        averaged.load_state_dict(saved)
    began, parts_seen = time.monotonic() - seconds, []
    while step < plan.steps:
        for group in optimiser.param_groups:
            group["lr"] = rate_at(plan, step)
        images, planes, numbers = (torch.from_numpy(p) for p in batch(pictures, plan.crops, plan.shape.stride, plan.seed, step, plan.vary))
        net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(images.contiguous(memory_format=torch.channels_last))
        value, parts = loss(out.float(), planes, numbers, plan.shape.stride)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        _average(averaged, net, min(plan.average, (1 + step) / (20 + step)))
        parts_seen.append(parts)
        if step % 50 == 0 or step == plan.steps:
            line = {"step": step, "seconds": round(time.monotonic() - began), "rate": round(rate_at(plan, step - 1), 6)}
            line |= {k: round(float(np.mean([p[k] for p in parts_seen])), 4) for k in parts}
            parts_seen = []
            if measure is not None and (step % every == 0 or step == plan.steps):
                line |= measure(averaged)
            with log.open("a") as out_file:
                out_file.write(json.dumps(line) + "\n")
        if step % 100 == 0 or step == plan.steps:
            torch.save({"net": net.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict(), "step": step,
                        "seconds": time.monotonic() - began}, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
        if step == plan.steps or step == plan.keep_at:
            torch.save({"averaged": averaged.state_dict()}, folder / f"{plan.name}-{step}.pt")
    return averaged.eval()


def rate_at(plan: Plan, step: int) -> float:
    """A short rise, a plain, and a fall to a hundredth at the end: the length may be changed before the fall."""
    rise, fall = min(plan.rise, max(1, plan.steps // 7)), int(plan.fall * plan.steps)
    return plan.rate * min((step + 1) / rise, 1.0, max(0.01, (plan.steps - step) / fall) if fall > 0 else 1.0)


def _groups(net, decay):
    heavy = [p for p in net.parameters() if p.dim() > 1]
    light = [p for p in net.parameters() if p.dim() <= 1]
    return [{"params": heavy, "weight_decay": decay}, {"params": light, "weight_decay": 0.0}]


def _average(averaged, net, keep):
    with torch.no_grad():
        for mine, new in zip(averaged.state_dict().values(), net.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.mul_(keep).add_(new, alpha=1 - keep)
            else:
                mine.copy_(new)
