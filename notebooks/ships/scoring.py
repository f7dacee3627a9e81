"""How well detections fit the labels: the definitions of `evaluate detector`."""
import numpy as np

from .decoding import _box, iou


class Scores:
    """Detections of some pictures, each right or wrong; each ship is found at most once, by the surest that fits."""

    def __init__(self):
        self.found = []          # (confidence, is right)
        self.ships = 0

    def add(self, picture, found: np.ndarray, overlap: float | None = 0.5, metres: float | None = None) -> list[bool]:
        """Adds a picture; says which detections were right. Overlap decides, or the distance of centres on the ground."""
        boxes = [ship.box for ship in picture.ships]
        free = [True] * len(boxes)
        self.ships += len(boxes)
        right = []
        for one in found:
            fits = [_fit(one, box, picture, overlap, metres) if free[i] else -1.0 for i, box in enumerate(boxes)]
            best = int(np.argmax(fits)) if fits else -1
            hit = bool(best >= 0 and fits[best] >= 0)
            if hit:
                free[best] = False
            self.found.append((int(one[0]), hit))
            right.append(hit)
        return right

    def at(self, milli: float) -> tuple[float, float, float]:
        """Precision, recall, F1 at a threshold."""
        kept = [hit for confidence, hit in self.found if confidence >= milli]
        right = sum(kept)
        return right / max(len(kept), 1), right / max(self.ships, 1), 2 * right / max(len(kept) + self.ships, 1)

    def best(self) -> tuple[int, float]:
        """The threshold with the best F1, and that F1."""
        return max(((milli, self.at(milli)[2]) for milli in range(50, 951, 10)), key=lambda one: one[1])

    def average_precision(self) -> float:
        """Area under the precision envelope, all points."""
        found = sorted(self.found, key=lambda one: -one[0])
        confidence = np.array([one[0] for one in found])
        right = np.cumsum([one[1] for one in found])
        if len(right) == 0:
            return 0.0
        last = np.append(confidence[1:] != confidence[:-1], True)
        recall, precision = right[last] / max(self.ships, 1), right[last] / (np.nonzero(last)[0] + 1)
        highest = np.maximum.accumulate(precision[::-1])[::-1]
        return float(np.sum(np.diff(np.concatenate([[0], recall])) * highest))


def _fit(found, box, picture, overlap, metres):
    if metres is not None:
        distance = np.hypot(found[1] - (box[0] + box[2]) / 2, found[2] - (box[1] + box[3]) / 2) * picture.pixel_m
        return metres - distance if distance < metres else -1.0
    fit = iou(_box(found), box)
    return fit if fit >= overlap else -1.0


def interval(parts: list, measure, seed: int, rounds: int = 2000) -> tuple[float, float]:
    """95 % bootstrap interval of `measure(list of parts)`, drawing whole parts."""
    random = np.random.default_rng(seed)
    values = [measure([parts[i] for i in random.integers(0, len(parts), len(parts))]) for _ in range(rounds)]
    return float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))
