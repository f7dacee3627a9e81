"""What is trained: the split of the tracks, the two members, and the numbers of the card."""
from pathlib import Path

import numpy as np
import torch

from . import detours, regions, surprise, tracks as t, training

BREST, KATTEGAT = "brest_2017_10min.csv", "kattegat_2025_1min.csv"
# One is shown the Kattegat more often and its places less exactly than the other.
MEMBERS = (dict(name="motion-1", seed=1, epochs=60, kattegat=0.3, jitter=0.05), dict(name="motion-2", seed=2, epochs=60, kattegat=0.1, jitter=0.02))
SHAPE = dict(width=384, drop=0.2)
# Where regions have masses of their own, and up to which horizon its tracks tell them: tracks there are short.
KATTEGAT_WATER, KATTEGAT_STEPS = dict(latitude=57.0, longitude=11.5, half_latitude=1.5, half_longitude=2.0), 6


def split(ways: list) -> tuple[list, list]:
    """Tracks that begin in the first three quarters, and the later ones of vessels that are not among those."""
    cut = np.quantile([way.at[0] for way in ways], 0.75)
    seen = {way.mmsi for way in ways if way.at[0] < cut}
    return [way for way in ways if way.at[0] < cut], [way for way in ways if way.at[0] >= cut and way.mmsi not in seen]


def train(plan: dict, brest: list, kattegat: list, folder: Path, epochs: int | None = None):
    """One member; a finished one is read from its file."""
    a, b = t.stack([t.windows(way, 600) for way in brest]), t.stack([t.windows(way, 60) for way in kattegat])
    data = {key: np.concatenate([a[key], b[key]]) for key in a}
    weight = np.concatenate([np.ones(len(a["now"])), np.full(len(b["now"]), plan["kattegat"] * len(a["now"]) / len(b["now"]))])
    return training.train(data, weight, folder / f"{plan['name']}.pt", epochs or plan["epochs"], plan["seed"], jitter=plan["jitter"], **SHAPE)


def origins(ways: list, history_s: float, short: bool = False) -> dict:
    """One window a track, right after its history; `short` keeps only half an hour of it."""
    parts = [t.windows(way, 60, history_s) for way in ways]
    data = t.stack([{key: value[:1] for key, value in part.items()} for part in parts if len(part["now"])])
    if short:
        data["history"][:, 3:] = 0
    return data


def errors(net, data: dict, horizons: tuple) -> list[dict]:
    """Mean and median distance in NM beside dead reckoning."""
    with torch.no_grad():
        point = net(torch.from_numpy(data["history"]), torch.from_numpy(data["now"]))[0].numpy()
    straight, rows = t.dead_reckoning(data["history"]), []
    for horizon in horizons:
        known = data["future"][:, horizon - 1, 2] > 0
        truth = data["future"][known, horizon - 1, :2]
        mine, cv = (np.hypot(*(guess[known, horizon - 1] - truth).T) for guess in (point, straight))
        rows.append(dict(minutes=10 * horizon, n=int(known.sum()), model_mean=round(float(mine.mean()), 3), cv_mean=round(float(cv.mean()), 3),
                         ratio=round(float(mine.mean() / cv.mean()), 3)))
    return rows


def region(net, data: dict) -> dict:
    """The masses that hold half and nine tenths of what ships did, by horizon."""
    result = dict(mass50=[], mass90=[])
    for horizon in range(1, t.STEPS + 1):
        found, _ = regions.masses(net, data, horizon)
        for name, share in (("mass50", 0.5), ("mass90", 0.9)):
            result[name].append(round(float(np.clip(np.quantile(found, share), 0.02, 0.995)), 4))
    return result


def region_by_water(net, brest: dict, kattegat: dict) -> dict:
    """The masses off Brest for everywhere, and those of the Kattegat for the Kattegat, as far ahead as its tracks go."""
    result, there = region(net, brest), region(net, kattegat)
    own = {name: there[name][:KATTEGAT_STEPS] + result[name][KATTEGAT_STEPS:] for name in ("mass50", "mass90")}
    return result | dict(waters=[KATTEGAT_WATER | own])


def on_all(plan: dict) -> dict:
    """The same member, to be trained on all tracks: the one that is shipped."""
    return plan | dict(name=plan["name"].replace("motion", "all"))


def deviations(net, ways: list, seed: int = 7) -> tuple[dict, dict]:
    """How well detours and stops that are put into the tracks are found; and the calibration of the score."""
    rng = np.random.default_rng(seed)
    changed = [(kind, size, *made) for way in ways for kind, size in detours.KINDS if (made := detours.put(way, kind, size, rng)) is not None]
    untouched = [surprise.scores(said) for said in surprise.surprises(net, ways)]
    scored = [surprise.scores(said) for said in surprise.surprises(net, [row[2] for row in changed])]
    found = detours.compare(untouched, [(row[0], row[1], score, row[3]) for row, score in zip(changed, scored)])
    return found, surprise.calibration(untouched)
