"""The ports, each left out in turn: nine trainings, nine ports scored by a network that never saw them."""
from pathlib import Path

import numpy as np

from . import data_folder, sar, training
from .augment import Crops, vary_optical
from .decoding import detect
from .network import OPTICAL, from_radar
from .scoring import Scores, interval

CROPS = Crops(side=128, batch=8, scales=(0.65, 1.5), mosaic_share=0.15, ship_share=0.65, turn_share=0.4)
CENTRE_M = 30.0
STEPS = (2000, 250)
NMS_IOU_MILLI = 500
# Three trainings on six ports, then nine short ones with the two others of the group: a third of the time of nine long ones.
GROUPS = (("busan", "honolulu", "valencia"), ("algiers", "hedland", "klang"), ("cartagena", "casablanca", "gdynia"))


def first(name: str, steps: int, seed: int = 6) -> training.Plan:
    """The long part, at an even rate, on from the radar network: ships in a few pixels look much alike."""
    return training.Plan(name, OPTICAL, CROPS, vary_optical, steps, rate=1.2e-3, decay=0.05, average=0.995, seed=seed, fall=0, rise=70,
                         start=f"sar-choose-{data_folder.steps(sar.STEPS_OPTICAL)}", adapt=from_radar)


def last(name: str, start: str, steps: int, seed: int = 7) -> training.Plan:
    """The short part, in which the rate falls."""
    return training.Plan(name, OPTICAL, CROPS, vary_optical, steps, rate=1e-3, decay=0.05, average=0.99, seed=seed, fall=0.9, rise=20, start=start)


def weighed(ports: list) -> list:
    """Ports with many ships come more often, by the square root of their number."""
    return [port for port in ports for _ in range(max(1, round(np.sqrt(len(port.ships)))))]


def held_out(ports: list, steps: tuple, folder: Path, nms_iou_milli: int) -> dict:
    """Port name to what was found in it by the network that was trained on the other eight."""
    found = {}
    for number, group in enumerate(GROUPS):
        training.train(first(f"optical-group{number}", steps[0]), weighed([p for p in ports if p.name not in group]), folder)
        for port in (p for p in ports if p.name in group):
            plan = last(f"optical-without-{port.name}", f"optical-group{number}", steps[1])
            net = training.train(plan, weighed([p for p in ports if p is not port]), folder)
            found[port.name] = detect(net, port, nms_iou_milli)
    return found


def everything(ports: list, steps: tuple, folder: Path):
    """The network that is kept: the same schedule on all ports."""
    training.train(first("optical-first", steps[0]), weighed(ports), folder)
    return training.train(last("optical", "optical-first", steps[1]), weighed(ports), folder)


def one(port, found: np.ndarray, overlap: float | None = None) -> Scores:
    """A port's scores, by the distance of centres or by overlap."""
    scores = Scores()
    scores.add(port, found, overlap, None if overlap is not None else CENTRE_M)
    return scores


def together(parts: list[Scores]) -> Scores:
    """Several ports as one."""
    sum_ = Scores()
    for part in parts:
        sum_.found += part.found
        sum_.ships += part.ships
    return sum_


def nested(parts: list[Scores], judged: list[Scores] | None = None) -> tuple[float, list]:
    """F1 of all ports, each at the threshold that was best on the other eight; and (threshold, right, found, ships) of each.

    `judged` holds the same detections judged by another measure; the thresholds stay those of `parts`."""
    rows = []
    for i, part in enumerate(judged or parts):
        milli, _ = together([p for j, p in enumerate(parts) if j != i]).best()
        kept = [hit for confidence, hit in part.found if confidence >= milli]
        rows.append((milli, sum(kept), len(kept), part.ships))
    return pooled(rows), rows


def pooled(rows: list) -> float:
    """F1 of counts put together."""
    return 2 * sum(r[1] for r in rows) / max(1, sum(r[2] + r[3] for r in rows))


def summary(ports: list, found: dict, seed: int = 6) -> dict:
    """The numbers of the card."""
    near = [one(p, found[p.name]) for p in ports]
    f1, rows = nested(near)
    low, high = interval(rows, pooled, seed)
    third, _ = nested(near, [one(p, found[p.name], 0.3) for p in ports])
    return dict(f1=round(f1, 4), low=round(low, 4), high=round(high, 4), f1_iou30=round(third, 4),
                precision=round(sum(r[1] for r in rows) / max(1, sum(r[2] for r in rows)), 4),
                recall=round(sum(r[1] for r in rows) / sum(r[3] for r in rows), 4), ap=round(together(near).average_precision(), 4),
                threshold=together(near).best()[0],
                ports={p.name: dict(threshold=r[0], right=r[1], found=r[2], ships=r[3]) for p, r in zip(ports, rows)})
