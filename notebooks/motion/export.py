"""Writes motion.onnx with the file beside it, and checks that ONNX Runtime's input and output names are as promised."""
import hashlib
import io
import json
import warnings
from pathlib import Path

import torch

from .network import WATERS, Together
from .tracks import STEPS

FOLDER = Path(__file__).resolve().parents[2] / "lib" / "Models" / "weights"


def write(net: Together, region: dict, score: dict, version: int = 1, folder: Path = FOLDER) -> dict:
    """The file and its sidecar; returns the sidecar."""
    buffer = io.BytesIO()
    example = torch.zeros(2, STEPS, 3), torch.zeros(2, 7)
    axes = {name: {0: "windows"} for name in ("history", "now", "point", "weight", "mean", "covariance")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net.eval(), example, buffer, input_names=["history", "now"], output_names=["point", "weight", "mean", "covariance"],
                          dynamic_axes=axes, opset_version=17)
    data = buffer.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "motion.onnx").write_bytes(data)
    ways = sum(member.ways for member in net.members)
    sidecar = dict(name="motion", version=version, sha256=hashlib.sha256(data).hexdigest(), step_minutes=10, steps=STEPS, ways=ways,
                   waters=[dict(zip(("latitude", "longitude", "half_latitude", "half_longitude"), water)) for water in WATERS],
                   region=region, score=score)
    (folder / "motion.json").write_text(json.dumps(sidecar, indent=1) + "\n")
    return sidecar
