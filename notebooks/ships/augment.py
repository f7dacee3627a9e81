"""Crops for training: turned, mirrored, scaled, with other contrast and more speckle. Each is fixed by (seed, step, number)."""
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .pictures import Picture
from .targets import draw


@dataclass(frozen=True)
class Crops:
    """How crops are drawn."""
    side: int = 256
    batch: int = 8
    scales: tuple = (0.6, 1.35)
    mosaic_share: float = 0.35
    ship_share: float = 0.7          # crops around a ship; the rest lie anywhere: sea, land, piers
    turn_share: float = 0.4          # crops turned by any angle; the rest by quarters only


def batch(pictures: list[Picture], crops: Crops, stride: int, seed: int, step: int, vary):
    """One batch: images N x C x s x s, planes, numbers. `vary(channels, random)` changes brightness and noise."""
    made = [one_sample(pictures, crops, stride, np.random.default_rng([seed, step, i]), vary) for i in range(crops.batch)]
    return tuple(np.stack(part) for part in zip(*made))


def one_sample(pictures, crops, stride, random, vary):
    side = crops.side
    if random.random() >= crops.mosaic_share:
        picture = pictures[random.integers(len(pictures))]
        x, ships, ignored = _crop(picture, side, crops, random, 1.0)
    else:
        cut = int(random.uniform(0.35, 0.65) * side / 32 + 0.5) * 32
        x, ships, ignored = np.zeros((pictures[0].channels.shape[0], side, side), np.float32), [], []
        for y0, y1 in ((0, cut), (cut, side)):
            for x0, x1 in ((0, cut), (cut, side)):
                part, inside, doubtful = _crop(pictures[random.integers(len(pictures))], max(y1 - y0, x1 - x0), crops, random, 0.65)
                x[:, y0:y1, x0:x1] = part[:, :y1 - y0, :x1 - x0]
                window = np.array([0, 0, x1 - x0, y1 - y0])
                for ship in inside:
                    kept = _within(ship, window)
                    move = np.array([[1, 0, x0], [0, 1, y0]], float)
                    if kept is not None:
                        ships.append(kept.moved(move))
                    else:
                        doubtful.append(ship.box)
                for box in doubtful:
                    box = np.clip(box, 0, [x1 - x0, y1 - y0] * 2) + [x0, y0, x0, y0]
                    if box[2] > box[0] and box[3] > box[1]:
                        ignored.append(box)
    planes, numbers = draw(ships, ignored, side, stride)
    return vary(x, random), planes, numbers


def _within(ship, window):
    """A ship cut at a mosaic's seam: its outline clipped, or None where too little is left."""
    from .pictures import Ship
    from .targets import VISIBLE_SHARE
    whole = ship.box
    low, high = np.maximum(whole[:2], window[:2]), np.minimum(whole[2:], window[2:])
    if np.any(high - low < 1) or np.prod(high - low) / np.prod(whole[2:] - whole[:2]) < VISIBLE_SHARE:
        return None
    if np.all(low == whole[:2]) and np.all(high == whole[2:]):
        return ship
    return Ship(np.array([low, high]), np.clip(ship.corners, window[:2], window[2:]))


def _crop(picture: Picture, side: int, crops: Crops, random, zoom: float):
    _, height, width = picture.channels.shape
    low, high = np.log(crops.scales[0] * zoom), np.log(crops.scales[1] * zoom)
    scale = np.exp(random.uniform(low, high))
    stretch = np.exp(random.uniform(-0.1, 0.1))
    angle = random.integers(4) * np.pi / 2
    if random.random() < crops.turn_share:
        angle += random.uniform(-np.pi / 4, np.pi / 4)
    mirror = -1.0 if random.random() < 0.5 else 1.0
    reach = 0.5 * side / scale
    if picture.ships and random.random() < crops.ship_share:
        box = picture.ships[random.integers(len(picture.ships))].box
        middle = (box[:2] + box[2:]) / 2 + random.uniform(-0.9, 0.9, 2) * reach
    else:
        middle = np.array([_between(random, width, reach), _between(random, height, reach)])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([mirror * scale * stretch, scale / stretch])
    forth = np.column_stack([turn, side / 2 - turn @ middle])
    inverse = np.linalg.inv(turn)
    back = np.column_stack([inverse, -inverse @ forth[:, 2]])
    x = np.stack([np.asarray(Image.fromarray(c).transform((side, side), Image.AFFINE, tuple(back.ravel()), Image.BILINEAR))
                  for c in picture.channels])
    ignored = []
    for box in picture.ignored:
        corners = np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]]) @ turn.T + forth[:, 2]
        ignored.append(np.concatenate([corners.min(0), corners.max(0)]))
    return x, [ship.moved(forth) for ship in picture.ships], ignored


def _between(random, length, reach):
    return random.uniform(min(reach, length / 2), max(length - reach, length / 2))


def vary_radar(x: np.ndarray, random) -> np.ndarray:
    """Another gain, another contrast, more speckle (log domain), now and then smoother water."""
    x = x * random.uniform(0.75, 1.3) + random.uniform(-0.4, 0.4)
    if random.random() < 0.5:
        looks = random.uniform(3, 30)
        x = x + np.log(random.gamma(looks, 1 / looks, x.shape)).astype(np.float32) / 2
    return x.astype(np.float32)


def vary_optical(x: np.ndarray, random) -> np.ndarray:
    """Brighter or darker light per band, a little haze, noise, and now and then a band that is not there (`asinh` domain)."""
    gain = np.exp(random.uniform(-0.35, 0.35) + random.uniform(-0.15, 0.15, (len(x), 1, 1)))
    x = np.arcsinh(np.sinh(x) * gain) + random.uniform(-0.12, 0.12, (len(x), 1, 1))
    x = x + random.normal(0, random.uniform(0, 0.06), x.shape)
    if random.random() < 0.15:
        x[4] = 0
    if random.random() < 0.06:
        x[random.integers(len(x))] = 0
    return x.astype(np.float32)
