"""From the network's output to boxes: the same steps as the program, number for number."""
import numpy as np
import torch
import torch.nn.functional as F

MULTIPLE = 32
FLOOR_MILLI = 50


def padded(channels: np.ndarray) -> torch.Tensor:
    """One picture as a batch, padded with 0 at the right and lower edge to a multiple of 32."""
    _, height, width = channels.shape
    x = torch.from_numpy(channels)[None]
    return F.pad(x, (0, -width % MULTIPLE, 0, -height % MULTIPLE))


def decode(out: np.ndarray, stride: int, nms_iou_milli: int) -> np.ndarray:
    """Rows: confidence (thousandths), x, y, w, h, length, angle; surest first. `out` is 8 x h x w with heat in 0..1."""
    heat = torch.from_numpy(out[0])[None, None]
    highest = F.max_pool2d(heat, 3, 1, 1)[0, 0].numpy()
    rows, columns = np.nonzero((out[0] >= highest) & (np.round(1000 * out[0]) > FLOOR_MILLI))
    found = []
    for row, column in zip(rows, columns):
        # Of equal neighbours the first in row order stands.
        near = out[0, max(0, row - 1):row + 2, max(0, column - 1):column + 2]
        y, x = np.unravel_index(np.argmax(near), near.shape)
        if (y + max(0, row - 1), x + max(0, column - 1)) != (row, column):
            continue
        v = out[:, row, column]
        found.append((round(1000 * float(v[0])), (column + v[1]) * stride, (row + v[2]) * stride, np.exp(v[3]), np.exp(v[4]),
                      np.exp(v[5]), np.arctan2(v[7], v[6]) / 2))
    found.sort(key=lambda one: (-one[0], one[2], one[1]))
    kept = []
    for one in found:
        if all(iou(_box(one), _box(other)) <= nms_iou_milli / 1000 for other in kept):
            kept.append(one)
    return np.array(kept, np.float64).reshape(-1, 7)


def _box(found):
    _, x, y, w, h = found[:5]
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


def iou(a, b) -> float:
    """Area in both by area in either."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def detect(net, picture, nms_iou_milli: int = 400) -> np.ndarray:
    """Ships in one picture."""
    with torch.no_grad(), torch.autocast("cpu", enabled=False):
        out = net(padded(picture.channels))[0].float().numpy()
    if not net.probable:
        out[0] = 1 / (1 + np.exp(-out[0]))
    return decode(out, net.shape.stride, nms_iou_milli)
