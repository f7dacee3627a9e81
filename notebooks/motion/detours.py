"""Deviations put into real tracks that have a report each ten minutes, to see whether the score finds them."""
import copy
import math

import numpy as np

from .tracks import Track

KINDS = (("detour", 1), ("detour", 2), ("detour", 5), ("detour", 10), ("stop", 30), ("stop", 60), ("stop", 120))
LASTS = 9        # reports of a detour: 90 minutes
UNDER_WAY = 3    # knots


def quantised(way: Track) -> Track:
    """As the Brest file is: hundredths of a degree, whole knots and five degrees, each by the middle of its bin."""
    way.lat, way.lon = np.floor(way.lat / 0.01) * 0.01 + 0.005, np.floor(way.lon / 0.01) * 0.01 + 0.005
    way.sog, way.cog = np.floor(way.sog) + 0.5, (np.floor(way.cog / 5) * 5 + 2.5) % 360
    return way


def put(way: Track, kind: str, size: float, rng) -> tuple | None:
    """The changed track, and how far each report was moved in NM; None where it does not fit into a third of the track."""
    count = LASTS if kind == "detour" else int(size // 10)
    starts = [i for i in range(2, len(way.at) - count - 1)
              if (way.sog[i:i + count] >= UNDER_WAY).all() or (kind == "stop" and way.sog[i] >= UNDER_WAY)]
    if count * 3 > len(way.at) or not starts:
        return None
    start = int(rng.choice(starts))
    changed = copy.deepcopy(way)
    cosine = np.cos(np.radians(way.lat))
    if kind == "stop":
        from_ = np.concatenate([np.arange(start + 1), np.full(count, start), np.arange(start + 1, len(way.at))])[:len(way.at)]
        changed.lat, changed.lon, changed.sog, changed.cog = (v[from_].copy() for v in (way.lat, way.lon, way.sog, way.cog))
        changed.sog[start + 1:start + count] = 0.2
    else:
        before, after = np.maximum(np.arange(len(way.at)) - 2, 0), np.minimum(np.arange(len(way.at)) + 2, len(way.at) - 1)
        east, north = (way.lon[after] - way.lon[before]) * cosine, way.lat[after] - way.lat[before]
        length = np.hypot(east, north) + 1e-9
        part = np.clip((way.at - way.at[start]) / (LASTS * 600), 0, 1)
        side = rng.choice([-1, 1])
        off = np.where((part > 0) & (part < 1), side * size * np.sin(math.pi * part), 0)
        rate = np.where((part > 0) & (part < 1), side * size * math.pi / (LASTS / 6) * np.cos(math.pi * part), 0)
        changed.lon = way.lon + off * north / length / 60 / cosine
        changed.lat = way.lat - off * east / length / 60
        course = np.radians(way.cog)
        e, n = way.sog * np.sin(course) + rate * north / length, way.sog * np.cos(course) - rate * east / length
        changed.sog, changed.cog = np.hypot(e, n), np.degrees(np.arctan2(e, n)) % 360
    changed = quantised(changed)
    return changed, np.hypot((changed.lon - way.lon) * 60 * cosine, (changed.lat - way.lat) * 60)


def compare(untouched: list[np.ndarray], changed: list[tuple]) -> dict:
    """Scores of untouched tracks against (kind, size, scores, moved): ROC area, recall at 1 % false, median delay after 1.5 NM off."""
    highest = [np.maximum.accumulate(score) for score in untouched]
    result = {}
    for kind, size, score, moved in changed:
        same = np.sort([h[min(len(score), len(h)) - 1] for h in highest])
        limit = np.quantile(same, 0.99, method="higher")
        top = score.max()
        rank = (np.searchsorted(same, top) + np.searchsorted(same, top, "right")) / 2 / len(same)
        delay = (int(np.argmax(score > limit)) - int(np.argmax(moved > 1.5))) * 10 if top > limit else None
        result.setdefault(f"{kind} {size}", []).append((rank, top > limit, delay))
    table = {name: dict(n=len(rows), roc_auc=round(float(np.mean([r[0] for r in rows])), 4), recall=round(float(np.mean([r[1] for r in rows])), 4),
                        delay=float(np.median([r[2] for r in rows if r[2] is not None])) if any(r[1] for r in rows) else None)
             for name, rows in sorted(result.items())}
    core = [r for name in ("detour 5", "detour 10", "stop 60", "stop 120") for r in result.get(name, [])]
    return dict(roc_auc=round(float(np.mean([r[0] for r in core])), 4), recall=round(float(np.mean([r[1] for r in core])), 4), by_kind=table)
