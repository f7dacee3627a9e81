"""What the network is to say for a crop: heat with a bump on each ship, and the ship's numbers around the bump."""
import numpy as np

from .pictures import Ship, rotated

VISIBLE_SHARE = 0.4   # a ship less visible than this is neither wanted nor punished
HEAT, WEIGHT, QUIET = 0, 1, 2


def draw(ships: list[Ship], ignored: list, side: int, stride: int) -> tuple[np.ndarray, np.ndarray]:
    """Planes (heat, weight of the numbers, 1 where heat counts) and numbers (cx, cy, w, h in cells... pixels; ln length, cos 2a, sin 2a)."""
    cells = side // stride
    planes = np.zeros((3, cells, cells), np.float32)
    planes[QUIET] = 1
    numbers = np.zeros((7, cells, cells), np.float32)
    best = np.zeros((cells, cells), np.float32)
    rows, columns = np.mgrid[0:cells, 0:cells].astype(np.float32)
    wanted = []
    for box in ignored:
        _quieten(planes, box, stride)
    for ship in ships:
        whole, seen = ship.box, np.clip(ship.box, 0, side)
        size = np.maximum(seen[2:] - seen[:2], 0)
        share = np.prod(size) / max(np.prod(whole[2:] - whole[:2]), 1e-6)
        if share < VISIBLE_SHARE or min(size) < 1:
            if share > 0:
                _quieten(planes, seen, stride)
            continue
        wanted.append((ship, seen, size))
    # Large ships first, so that a small one beside a large one keeps its cells.
    for ship, seen, size in sorted(wanted, key=lambda one: -one[2].prod()):
        centre = (seen[:2] + seen[2:]) / 2
        column, row = np.minimum((centre / stride).astype(int), cells - 1)
        length, width, angle = rotated(ship.corners)
        cut = min(1.0, size.max() / max(1.0, (ship.box[2:] - ship.box[:2]).max()))
        along = 0.20 + 0.10 * cut * length / stride
        across = 0.30 + 0.10 * width / stride
        reach = int(np.ceil(3.5 * along))
        y0, y1 = max(0, row - reach), min(cells, row + reach + 1)
        x0, x1 = max(0, column - reach), min(cells, column + reach + 1)
        dx, dy = columns[y0:y1, x0:x1] - column, rows[y0:y1, x0:x1] - row
        u = dx * np.cos(angle) + dy * np.sin(angle)
        v = -dx * np.sin(angle) + dy * np.cos(angle)
        bump = np.exp(-0.5 * ((u / along) ** 2 + (v / across) ** 2))
        planes[HEAT, y0:y1, x0:x1] = np.maximum(planes[HEAT, y0:y1, x0:x1], bump)
        mine = (bump > 0.2) & (bump >= best[y0:y1, x0:x1] * 0.9)
        best[y0:y1, x0:x1][mine] = bump[mine]
        planes[WEIGHT, y0:y1, x0:x1][mine] = (bump / bump[bump > 0.2].sum())[mine]
        values = (*centre, *size, np.log(max(length * cut, 1)), np.cos(2 * angle), np.sin(2 * angle))
        for k, value in enumerate(values):
            numbers[k, y0:y1, x0:x1][mine] = value
    return planes, numbers


def _quieten(planes: np.ndarray, box, stride: int):
    x0, y0 = np.floor(np.asarray(box[:2]) / stride).astype(int).clip(0)
    x1, y1 = np.ceil(np.asarray(box[2:]) / stride).astype(int)
    planes[QUIET, y0:y1 + 1, x0:x1 + 1] = 0
