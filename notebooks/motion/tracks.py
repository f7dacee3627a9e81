"""Tracks from CSV files of several dialects, and the windows that the network sees."""
import csv
import datetime as dt
import math
from collections import defaultdict
from pathlib import Path

import numpy as np

STEP_S = 600           # between places of a window
STEPS = 18             # places before now, and horizons after it: three hours each
GAP_S = 1800           # places between reports farther apart are not known
NAMES = dict(id=("track_id", "segment", "trips", "imo"), mmsi=("mmsi",), time=("t_utc_approx", "t_utc", "time"),
             lat=("lat",), lon=("lon",), sog=("sog_kn", "sog"), cog=("cog_deg", "cog"))


class Track:
    """Reports of one ship, in order: seconds since 1970, degrees, knots, degrees (NaN where unknown)."""

    def __init__(self, name: str, mmsi: str, rows: list):
        self.name, self.mmsi = name, mmsi
        self.at, self.lat, self.lon, self.sog, self.cog = np.array(sorted(rows)).T


def read(file: Path, gap_s: float = 2 * 3600) -> list[Track]:
    """All tracks of a file, cut at silences longer than gap_s."""
    rows, mmsi = defaultdict(list), {}
    with file.open(newline="") as lines:
        reader = csv.DictReader(lines)
        column = {what: next((n for n in names if n in reader.fieldnames), None) for what, names in NAMES.items()}
        for row in reader:
            try:
                at = dt.datetime.fromisoformat(row[column["time"]].replace("Z", "")).replace(tzinfo=dt.timezone.utc).timestamp()
                place = float(row[column["lat"]]), float(row[column["lon"]])
            except ValueError:
                continue
            said = tuple(float(row[column[c]] or "nan") for c in ("sog", "cog"))
            key = row[column["id"]]
            mmsi[key] = row[column["mmsi"]]
            rows[key].append((at, *place, *said))
    tracks = []
    for key, all_rows in rows.items():
        all_rows = sorted({row[0]: row for row in all_rows}.values())
        part = [all_rows[0]]
        for row in all_rows[1:] + [None]:
            if row is None or row[0] - part[-1][0] > gap_s:
                if len(part) >= 3:
                    tracks.append(Track(f"{file.stem}:{key}:{len(tracks)}", mmsi[key], part))
                part = []
            if row is not None:
                part.append(row)
    return tracks


def windows(track: Track, every_s: float, first_s: float = 1800) -> dict:
    """Windows whose now are reports about every_s apart, from first_s after the track's start on."""
    now, last = [], -math.inf
    for i, at in enumerate(track.at):
        if at - track.at[0] >= first_s and at - last >= every_s - 1:
            now.append(i)
            last = at
    now = np.array(now, dtype=int)
    steps = np.concatenate([-np.arange(1, STEPS + 1), np.arange(1, STEPS + 1)]) * STEP_S
    when = track.at[now][:, None] + steps[None]
    after = np.searchsorted(track.at, when - 1, side="left").clip(0, len(track.at) - 1)
    # The report at the instant itself, else the straight line between its neighbours.
    close = np.abs(track.at[after] - when) <= 90
    before = (after - 1).clip(0)
    span = track.at[after] - track.at[before]
    known = ((when >= track.at[0] - 90) & (when <= track.at[-1] + 90) & (close | ((span <= GAP_S) & (when >= track.at[before]) & (when <= track.at[after]))))
    share = np.where(close, 1.0, np.clip((when - track.at[before]) / np.maximum(span, 1), 0, 1))
    lat = track.lat[before] + (track.lat[after] - track.lat[before]) * share
    lon = track.lon[before] + (track.lon[after] - track.lon[before]) * share
    cosine = np.cos(np.radians(track.lat[now]))[:, None]
    east = (lon - track.lon[now][:, None]) * 60 * cosine
    north = (lat - track.lat[now][:, None]) * 60
    places = np.stack([east, north, np.ones_like(east)], 2) * known[:, :, None]
    sog, cog = track.sog[now], np.radians(track.cog[now])
    said = ~(np.isnan(sog) | np.isnan(cog))
    flow = tide(track.at[now])
    state = np.stack([track.lat[now], track.lon[now], np.where(said, sog * np.sin(cog), 0), np.where(said, sog * np.cos(cog), 0), said,
                      flow.real, flow.imag], 1)
    return dict(history=places[:, :STEPS].astype(np.float32), now=state.astype(np.float32), future=places[:, STEPS:].astype(np.float32),
                index=now)


def tide(at: np.ndarray) -> np.ndarray:
    """The half-daily tide at seconds since 1970, as `SemidiurnalTide` of the program has it."""
    century = (at - 946728000) / 86400 / 36525
    moon, sun, perigee = 218.3164477 + 481267.88123421 * century, 280.46646 + 36000.76983 * century, 83.3532465 + 4069.0137287 * century
    turn = np.mod(at, 86400) / 86400 * 360
    m2 = 2 * (turn - moon + sun)
    parts = ((1.0, m2), (0.366, 2 * turn - 39.4), (0.205, m2 - moon + perigee + 18.9), (0.1, 2 * turn + 2 * sun - 37.0))
    return sum(size * np.exp(1j * np.radians(np.mod(angle, 360))) for size, angle in parts)


def stack(parts: list[dict]) -> dict:
    """Windows of many tracks as one."""
    return {key: np.concatenate([part[key] for part in parts]) for key in ("history", "now", "future")}


def dead_reckoning(history: np.ndarray) -> np.ndarray:
    """Offset at each horizon by the way made in the last 30 minutes; history [N, 18, 3]."""
    velocity = -history[:, 2, :2] / 0.5
    return velocity[:, None, :] * (np.arange(1, STEPS + 1) / 6)[None, :, None]
