"""A labelled picture as the network sees it: normalised channels, and each ship as an outline and a rotated box."""
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Ship:
    """One ship, in pixels from the upper left corner (y down)."""
    outline: np.ndarray          # n x 2; its bounds are the axis-aligned box of the labels
    corners: np.ndarray          # 4 x 2, rotated box

    @property
    def box(self) -> np.ndarray:
        """Left, top, right, bottom."""
        return np.concatenate([self.outline.min(0), self.outline.max(0)])

    def moved(self, matrix: np.ndarray) -> "Ship":
        """The ship after an affine map, 2 x 3."""
        turn, shift = matrix[:, :2].T, matrix[:, 2]
        return Ship(self.outline @ turn + shift, self.corners @ turn + shift)


@dataclass
class Picture:
    """One image with its ships."""
    name: str
    hash: bytes                  # SHA-256 of the file: twins have the same
    channels: np.ndarray         # C x H x W float32, normalised; 0 where there is no data
    ships: list = field(default_factory=list)
    pixel_m: float = 1.0         # on the ground
    ignored: list = field(default_factory=list)   # boxes of doubtful objects: no loss there
    water: np.ndarray | None = None               # H x W bool, where a ship may be pasted


def rotated(corners: np.ndarray) -> tuple[float, float, float]:
    """Length, width (pixels) and angle (radians from +x towards +y) of a rotated box."""
    one, two = corners[1] - corners[0], corners[2] - corners[1]
    first, second = np.hypot(*one), np.hypot(*two)
    axis = one if first >= second else two
    return max(first, second), min(first, second), float(np.arctan2(axis[1], axis[0]))
