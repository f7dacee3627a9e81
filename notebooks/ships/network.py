"""The network: a small residual encoder, a top-down decoder, and 8 numbers for each cell."""
import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    """Size of a network. Level i has a stride of step * 2**i; the output has that of level 1."""
    inputs: int
    step: int                                    # stride of the first convolution: 2, or 1 where ships are a few pixels wide
    channels: tuple = (16, 32, 64, 96, 96)
    blocks: tuple = (0, 1, 2, 3, 1)
    decoder: tuple = (48, 64, 64)                # levels 1, 2, 3

    @property
    def stride(self) -> int:
        """Pixels in a cell of the output."""
        return 2 * self.step


SAR = Shape(inputs=1, step=2)
OPTICAL = Shape(inputs=5, step=1)


def convolution(inputs: int, outputs: int, size: int = 3, step: int = 1, active: bool = True) -> nn.Sequential:
    layers = [nn.Conv2d(inputs, outputs, size, step, size // 2, bias=False), nn.BatchNorm2d(outputs, momentum=0.05)]
    return nn.Sequential(*layers, *([nn.ReLU(inplace=True)] if active else []))


class Block(nn.Module):
    """Two 3x3 convolutions around which the input passes."""

    def __init__(self, channels: int):
        super().__init__()
        self.one = convolution(channels, channels)
        self.two = convolution(channels, channels, active=False)
        nn.init.constant_(self.two[1].weight, 0.2)

    def forward(self, x):
        return F.relu(x + self.two(self.one(x)))


class Head(nn.Module):
    def __init__(self, channels: int, outputs: int):
        super().__init__()
        self.mix = convolution(channels, channels)
        self.out = nn.Conv2d(channels, outputs, 1)

    def forward(self, x):
        x = self.mix(x)
        with torch.autocast("cpu", enabled=False):
            return self.out(x.float())


class ShipNet(nn.Module):
    """Image N x C x H x W (H and W multiples of 32) to N x 8 x H/S x W/S. Channel 0 is a logit until `probable`."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        widths = (shape.inputs, *shape.channels)
        self.stages = nn.ModuleList(
            nn.Sequential(convolution(widths[i], widths[i + 1], step=shape.step if i == 0 else 2), *(Block(widths[i + 1]) for _ in range(shape.blocks[i])))
            for i in range(5))
        above = (*shape.decoder[1:], shape.channels[4])
        self.up = nn.ModuleList(convolution(above[j], shape.decoder[j], 1, active=False) for j in range(3))
        self.side = nn.ModuleList(convolution(shape.channels[j + 1], shape.decoder[j], 1, active=False) for j in range(3))
        self.mix = nn.ModuleList(convolution(shape.decoder[j], shape.decoder[j]) for j in range(3))
        self.heat = Head(shape.decoder[0], 1)
        self.size = Head(shape.decoder[0], 7)
        self.probable = False
        with torch.no_grad():
            self.heat.out.bias.fill_(-4.0)
            self.size.out.weight.mul_(0.2)
            self.size.out.bias.copy_(torch.tensor([0.5, 0.5, 3.2, 3.2, 3.5, 0, 0]))

    def forward(self, x):
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        x = levels[4]
        for j in (2, 1, 0):
            x = F.interpolate(self.up[j](x), scale_factor=2.0, mode="nearest")
            x = self.mix[j](F.relu(x + self.side[j](levels[j + 1])))
        heat = self.heat(x)
        return torch.cat([torch.sigmoid(heat) if self.probable else heat, self.size(x)], 1)


def from_radar(weights: dict) -> dict:
    """Weights of the radar network for the optical one, whose ships have half as many pixels: cells of half the size, and the
    mean of the bands in the place of the amplitude."""
    weights = {name: value.clone() for name, value in weights.items()}
    first = weights["stages.0.0.0.weight"]
    weights["stages.0.0.0.weight"] = first.repeat(1, OPTICAL.inputs, 1, 1) / OPTICAL.inputs
    weights["size.out.bias"][2:5] -= math.log(2)
    return weights


def macs_per_pixel(shape: Shape) -> float:
    """Multiply-adds for each pixel of the input, counted layer by layer."""
    net, total, side = ShipNet(shape).eval(), [0], 256

    def count(layer, _, out):
        kernel = layer.kernel_size[0] * layer.kernel_size[1] * layer.in_channels // layer.groups
        total[0] += out.shape[1] * out.shape[2] * out.shape[3] * kernel

    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            layer.register_forward_hook(count)
    with torch.no_grad():
        net(torch.zeros(1, shape.inputs, side, side))
    return total[0] / (side * side)
