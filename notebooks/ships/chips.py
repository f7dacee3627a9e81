"""The radar chips of SSDD: JPEGs of about 500 pixels with Pascal VOC boxes, rotated boxes and outlines."""
import hashlib
import xml.etree.ElementTree as xml
from pathlib import Path

import numpy as np
from PIL import Image

from .pictures import Picture, Ship

FLOOR = 0.05   # of the median, added before the logarithm so that black stays finite
SCALE = 1.0


def normalised(amplitude: np.ndarray) -> np.ndarray:
    """scale * ln((v + floor m) / ((1 + floor) m)), m the median of the valid (> 0) pixels: `sar-log-median`."""
    valid = amplitude[np.isfinite(amplitude) & (amplitude > 0)]
    median = float(np.median(valid)) if valid.size else 1.0
    x = SCALE * np.log((np.maximum(amplitude, 0) + FLOOR * median) / ((1 + FLOOR) * median))
    return np.nan_to_num(x, nan=0.0).astype(np.float32)


def read(folder: Path) -> list[Picture]:
    """All chips, in the order of names."""
    return [_chip(folder, file) for file in sorted((folder / "JPEGImages").glob("*.jpg"))]


def is_training(chip: Picture) -> bool:
    """Seven in ten by the file's hash: the split that `evaluate detector --split` makes."""
    return chip.hash[0] < 0xB3


def is_choosing(chip: Picture) -> bool:
    """The part of the training split on which the model and its threshold are chosen: 15 in 100, twins together."""
    return is_training(chip) and chip.hash[1] < 0x26


def _chip(folder: Path, file: Path) -> Picture:
    with Image.open(file) as image:
        pixels = np.asarray(image, np.float32)
    amplitude = pixels if pixels.ndim == 2 else pixels[..., 0]
    ships = [_ship(o) for o in xml.parse(folder / "Annotations" / f"{file.stem}.xml").iter("object")]
    return Picture(file.stem, hashlib.sha256(file.read_bytes()).digest(), normalised(amplitude)[None], ships)


def _ship(element: xml.Element) -> Ship:
    box = element.find("bndbox")
    left, top, right, bottom = (float(box.find(k).text) for k in ("xmin", "ymin", "xmax", "ymax"))
    turned = element.find("rotated_bndbox")
    # The corners are the safe convention: `theta` swaps its meaning with width and height from file to file.
    corners = np.array([[float(turned.find(f"{axis}{i}").text) for axis in "xy"] for i in (1, 2, 3, 4)])
    outline = np.array([[float(v) for v in p.text.split(",")] for p in element.find("segm")])
    # The box of the labels decides; nearly always it is the outline's bounds.
    low, size = outline.min(0), np.maximum(np.ptp(outline, axis=0), 1)
    outline = (outline - low) / size * [right - left, bottom - top] + [left, top]
    return Ship(outline, corners)
