"""The Sentinel-2 ports: five bands of uint16 in web Mercator, with COCO masks of ships."""
import hashlib
import json
import math
from pathlib import Path

import numpy as np
from osgeo import gdal

from .pictures import Picture, Ship

BANDS = ("B02", "B03", "B04", "B08", "B11")
QUANTILE_MILLI = 100      # dark water in nearly every view of a port
UNIT = 0.02               # reflectance: between the noise of water and the brightness of a ship
FULL_SCALES = (10000.0, 65535.0)   # of reflectance 1: as ESA ships the product, and stretched over all of uint16
BRIGHT = 12500.0          # a 99th percentile of the near infrared above this is only found in the second
EARTH_RADIUS_M = 6378137.0
gdal.UseExceptions()


def full_scale(near_infrared: np.ndarray) -> float:
    """Which number in the file is a reflectance of 1."""
    valid = near_infrared[np.isfinite(near_infrared) & (near_infrared > 0)]
    return FULL_SCALES[1] if valid.size and np.quantile(valid, 0.99) > BRIGHT else FULL_SCALES[0]


def normalised(band: np.ndarray, scale: float) -> np.ndarray:
    """asinh((v - q) / (unit * scale)), q the tenth percentile of the valid (> 0) pixels: `optical-excess`.

    What a ship adds to the water under it is much the same everywhere (0.06 to 0.15); haze and sun glint only lift q."""
    valid = band[np.isfinite(band) & (band > 0)]
    q = float(np.quantile(valid, QUANTILE_MILLI / 1000)) if valid.size else 0.0
    return np.nan_to_num(np.arcsinh((band - q) / (UNIT * scale)), nan=0.0).astype(np.float32)


def read(folder: Path) -> list[Picture]:
    """All ports, in the order of names."""
    return [_port(port) for port in sorted(folder.iterdir()) if (port / "ships_coco.json").exists()]


def _port(folder: Path) -> Picture:
    bands, place = [], None
    for band in BANDS:
        raster = gdal.Open(str(next(folder.glob(f"*{band}*.tif*"))))
        bands.append(raster.ReadAsArray().astype(np.float32))
        place, rows = raster.GetGeoTransform(), raster.RasterYSize
    scale = full_scale(bands[3])
    bands = [normalised(band, scale) for band in bands]
    latitude = 2 * math.atan(math.exp((place[3] + place[5] * rows / 2) / EARTH_RADIUS_M)) - math.pi / 2
    labels = json.loads((folder / "ships_coco.json").read_text())
    # A folder holds one raster: every annotation belongs to it, whatever its image_id.
    ships = [_ship(one) for one in labels["annotations"]]
    return Picture(folder.name, hashlib.sha256(bands[3].tobytes()).digest(), np.stack(bands), ships, abs(place[1]) * math.cos(latitude))


def _ship(annotation: dict) -> Ship:
    x, y, w, h = annotation["bbox"]
    outline = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], float)
    rows, columns = _mask(annotation["segmentation"])
    if rows.size < 3:
        return Ship(outline, outline)
    points = np.column_stack([columns, rows]) + 0.5
    middle = points.mean(0)
    axis = np.linalg.eigh(np.cov((points - middle).T) + 1e-6 * np.eye(2))[1][:, ::-1].T
    along = (points - middle) @ axis.T
    low, high = along.min(0) - 0.5, along.max(0) + 0.5
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]]) @ axis + middle
    # The outline follows the mask, so that a turned crop gets a tight box; its bounds are those of the labels.
    edge = np.concatenate([points + d for d in ([-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5])])
    edge = (edge - edge.min(0)) / np.maximum(np.ptp(edge, axis=0), 1) * [w, h] + [x, y]
    return Ship(edge, corners)


def _mask(segmentation) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a mask in run lengths, column by column; none for other kinds of outline."""
    if not isinstance(segmentation, dict):
        return np.empty(0), np.empty(0)
    runs = np.array(segmentation["counts"])
    ends = np.cumsum(runs)
    inside = np.concatenate([np.arange(ends[i] - runs[i], ends[i]) for i in range(1, len(runs), 2)] or [np.empty(0, int)])
    return inside % segmentation["size"][0], inside // segmentation["size"][0]
