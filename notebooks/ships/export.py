"""From a trained network to the files that the program reads: ONNX, its description, and a check of one against the other."""
import copy
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .data_folder import is_short, scratch
from .network import ShipNet, macs_per_pixel

WEIGHTS = scratch() if is_short() else Path(__file__).resolve().parents[2] / "lib" / "Models" / "weights"
BYTES_MAX = 5_000_000


def fused(net: ShipNet) -> ShipNet:
    """The same network with each batch normalisation folded into its convolution, and heat as a probability."""
    net = copy.deepcopy(net).eval().to(memory_format=torch.contiguous_format)
    for part in net.modules():
        if isinstance(part, nn.Sequential) and len(part) >= 2 and isinstance(part[0], nn.Conv2d) and isinstance(part[1], nn.BatchNorm2d):
            part[0] = fuse_conv_bn_eval(part[0], part[1])
            part[1] = nn.Identity()
    net.probable = True
    return net


def export(net: ShipNet, name: str, inputs: list[str], norm: dict, threshold_milli: int, nms_iou_milli: int, version: int = 1,
           folder: Path = WEIGHTS, example: np.ndarray | None = None) -> dict:
    """Writes `name`.onnx and `name`.json; gives the description. With an example, keeps input and output for a comparison."""
    ready = fused(net)
    file = folder / f"{name}.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    axes = {0: "n", 2: "height", 3: "width"}
    torch.onnx.export(ready, torch.zeros(1, net.shape.inputs, 256, 320), str(file), opset_version=13, input_names=["image"],
                      output_names=["ships"], dynamic_axes={"image": axes, "ships": {0: "n", 2: "rows", 3: "columns"}})
    model = onnx.load(str(file))
    onnx.checker.check_model(model, full_check=True)
    assert file.stat().st_size <= BYTES_MAX, f"{file} is larger than {BYTES_MAX} bytes"
    description = dict(name=name, version=version, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), inputs=inputs, stride=net.shape.stride,
                       multiple=32, window=512, margin=64, norm=norm, threshold_milli=int(threshold_milli), nms_iou_milli=int(nms_iou_milli),
                       macs_per_pixel=round(macs_per_pixel(net.shape)))
    (folder / f"{name}.json").write_text(json.dumps(description, indent=2) + "\n")
    if example is not None:
        with torch.no_grad():
            out, plain = ready(torch.from_numpy(example)).numpy(), net.eval()(torch.from_numpy(example)).numpy()
        plain[:, 0] = 1 / (1 + np.exp(-plain[:, 0]))
        assert np.abs(out - plain).max() < 1e-3, "folding the normalisation changed the numbers"
        np.save(f"/tmp/shipnet-check-{name.removeprefix('ship-')}-input.npy", example)
        np.save(f"/tmp/shipnet-check-{name.removeprefix('ship-')}-output.npy", out)
    return description
