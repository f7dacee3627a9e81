"""Losses: penalty-reduced focal loss for the heat (CornerNet, CenterNet), complete IoU for the box, L1 for the rest."""
import math

import torch
import torch.nn.functional as F

from .targets import HEAT, QUIET, WEIGHT


def loss(out: torch.Tensor, planes: torch.Tensor, numbers: torch.Tensor, stride: int) -> tuple[torch.Tensor, dict]:
    """out N x 8 x h x w (heat as logit), planes N x 3 x h x w, numbers N x 7 x h x w."""
    heat, weight, counts = planes[:, HEAT], planes[:, WEIGHT], planes[:, QUIET]
    ships = (heat > 0.999).float()
    number = ships.sum().clamp(min=1)
    logit = out[:, 0]
    p = torch.sigmoid(logit).clamp(1e-6, 1 - 1e-6)
    hit = F.logsigmoid(logit) * (1 - p) ** 2 * ships
    miss = F.logsigmoid(-logit) * p ** 2 * (1 - heat) ** 4 * (1 - ships) * counts
    focal = -(hit + miss).sum() / number

    at = weight > 0
    share = weight[at]
    total = share.sum().clamp(min=1)
    grid_y, grid_x = torch.meshgrid(torch.arange(out.shape[2]), torch.arange(out.shape[3]), indexing="ij")
    column, row = grid_x.expand_as(weight)[at].float(), grid_y.expand_as(weight)[at].float()
    said = [out[:, k][at] for k in range(1, 8)]
    true = [numbers[:, k][at] for k in range(7)]
    x, y = (column + said[0]) * stride, (row + said[1]) * stride
    w, h = said[2].clamp(-1, 7).exp(), said[3].clamp(-1, 7).exp()
    box = (complete_iou(x, y, w, h, *true[:4]) * share).sum() / total
    length = (F.smooth_l1_loss(said[4], true[4], reduction="none", beta=0.1) * share).sum() / total
    angle = ((F.smooth_l1_loss(said[5], true[5], reduction="none", beta=0.2)
              + F.smooth_l1_loss(said[6], true[6], reduction="none", beta=0.2)) * share).sum() / total
    parts = dict(heat=focal.item(), box=box.item(), length=length.item(), angle=angle.item())
    return focal + 2 * box + 0.3 * length + 0.2 * angle, parts


def complete_iou(x, y, w, h, tx, ty, tw, th):
    """1 - CIoU (Zheng et al., 2020) of axis-aligned boxes given by centre and size."""
    wide = (torch.minimum(x + w / 2, tx + tw / 2) - torch.maximum(x - w / 2, tx - tw / 2)).clamp(min=0)
    high = (torch.minimum(y + h / 2, ty + th / 2) - torch.maximum(y - h / 2, ty - th / 2)).clamp(min=0)
    both = wide * high
    iou = both / (w * h + tw * th - both + 1e-6)
    hull_w = torch.maximum(x + w / 2, tx + tw / 2) - torch.minimum(x - w / 2, tx - tw / 2)
    hull_h = torch.maximum(y + h / 2, ty + th / 2) - torch.minimum(y - h / 2, ty - th / 2)
    apart = ((x - tx) ** 2 + (y - ty) ** 2) / (hull_w ** 2 + hull_h ** 2 + 1e-6)
    shape = (4 / math.pi ** 2) * (torch.atan(tw / th) - torch.atan(w / h)) ** 2
    with torch.no_grad():
        trade = shape / (1 - iou + shape + 1e-6)
    return 1 - iou + apart + trade * shape
