"""Confident detections that no label answers to, as pictures for a person to judge."""
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .folds import nested, one
from .scoring import Scores

HALF, ZOOM = 32, 5   # pixels around, and screen pixels for each


def write_chips(ports: list, found: dict, folder: str, least_milli: int = 0) -> list[Path]:
    """One PNG (near infrared, red, blue) for each false detection over its port's threshold; gives the files, surest first."""
    _, rows = nested([one(p, found[p.name]) for p in ports])
    made = []
    for port, row in zip(ports, rows):
        right = Scores().add(port, found[port.name], None, 30.0)
        for detection, hit in zip(found[port.name], right):
            if not hit and detection[0] >= max(row[0], least_milli):
                made.append((detection[0], port, detection))
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    files = []
    for number, (milli, port, detection) in enumerate(sorted(made, key=lambda m: -m[0])):
        file = target / f"{number:03}-{port.name}-{int(milli)}-x{int(detection[1])}-y{int(detection[2])}.png"
        _picture(port, detection).save(file)
        files.append(file)
    return files


def _picture(port, detection) -> Image.Image:
    x, y = int(detection[1]), int(detection[2])
    bands = np.pad(port.channels[[3, 2, 0]], ((0, 0), (HALF, HALF), (HALF, HALF)))[:, y:y + 2 * HALF, x:x + 2 * HALF]
    image = Image.fromarray((np.clip((bands + 0.5) / 4.5, 0, 1) * 255).astype(np.uint8).transpose(1, 2, 0))
    image = image.resize((2 * HALF * ZOOM, 2 * HALF * ZOOM))
    draw = ImageDraw.Draw(image)
    corner = np.array([x - HALF, y - HALF])

    def box(middle, size, colour):
        low, high = (middle - size / 2 - corner) * ZOOM, (middle + size / 2 - corner) * ZOOM
        draw.rectangle((*low, *high), outline=colour)

    box(detection[1:3], detection[3:5], (255, 255, 0))
    for ship in port.ships:
        box((ship.box[:2] + ship.box[2:]) / 2, ship.box[2:] - ship.box[:2], (0, 255, 0))
    return image
