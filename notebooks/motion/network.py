"""The network: places before now and where it is, to chances of ways ahead. All that turns degrees into features is inside."""
import math

import torch
from torch import nn

from .tracks import STEPS

# Waters whose lanes are learned: middle and half-size in degrees of latitude and longitude, and how finely they are seen (waves
# to a width). Elsewhere only the motion counts: the 216 tracks of the Kattegat were learned by heart when their place was told.
WATERS = ((48.5, -5.5, 1.0, 1.5),)
WAVES = ((1, 2, 4, 8),)
HOURS = torch.arange(1, STEPS + 1) / 6


class MotionNet(nn.Module):
    """One member: a perceptron over the window, turned so that the way of the last half hour points ahead."""

    def __init__(self, ways: int = 5, width: int = 256, drop: float = 0.1):
        super().__init__()
        self.ways = ways
        # Of each water 1, u, v, the tide's two numbers times these, and waves of u, v, u + v, u - v; of the window its places, speeds and heading.
        inputs = STEPS * 3 + 4 + 3 + sum(9 + len(waves) * 8 for waves in WAVES)
        self.body = nn.Sequential(nn.Linear(inputs, width), nn.GELU(), nn.Dropout(drop), nn.Linear(width, width), nn.GELU(),
                                  nn.Dropout(drop), nn.Linear(width, width), nn.GELU())
        self.point = nn.Linear(width, STEPS * 2)
        self.spread = nn.Linear(width, ways * STEPS * 5 + ways)
        self.register_buffer("hours", HOURS.clone())
        self.register_buffer("waters", torch.tensor(WATERS))

    def forward(self, history, now, forget=None):
        """[N, 18, 3], [N, 7] -> point, log weight, mean, log sigma ahead and across, correlation, all in the turned frame, and the turn."""
        ahead, speed, velocity = self._ahead(history, now)
        across = torch.stack([-ahead[:, 1], ahead[:, 0]], 1)
        turn = torch.stack([ahead, across], 1)                        # rows: ahead, across
        places = torch.einsum("nsk,nrk->nsr", history[:, :, :2], turn) / 10
        said = torch.einsum("nk,nrk->nr", now[:, 2:4], turn) / 15
        features = [torch.cat([places, history[:, :, 2:]], 2).flatten(1), said, now[:, 4:5], ahead, speed / 15]
        features.append(torch.log1p(speed))
        for water, waves in enumerate(WAVES):
            middle, half = self.waters[water, :2], self.waters[water, 2:]
            at = (now[:, :2] - middle) / half
            inside = (at.abs().amax(1, keepdim=True) <= 1).to(at.dtype)
            if forget is not None:
                inside = inside * (1 - forget)
            at = at.clamp(-1, 1)
            u, v = at[:, :1], at[:, 1:]
            parts = [torch.ones_like(u), u, v]
            for flow in (now[:, 5:6], now[:, 6:7]):
                parts += [flow, flow * u, flow * v]
            for wave in waves:
                for a in (u, v, u + v, u - v):
                    parts += [torch.sin(math.pi * wave * a / 2), torch.cos(math.pi * wave * a / 2)]
            features.append(torch.cat(parts, 1) * inside)
        z = self.body(torch.cat(features, 1))
        # How far things stray grows with the time and a little with the speed.
        reach = (self.hours[None, :] * 4)[:, :, None]
        base = (velocity[:, None, :] * self.hours[None, :, None])
        base = torch.einsum("nsk,nrk->nsr", base, turn)
        point = base + self.point(z).view(-1, STEPS, 2) * reach
        out = self.spread(z)
        raw = out[:, :self.ways * STEPS * 5].view(-1, self.ways, STEPS, 5)
        mean = base[:, None] + raw[..., :2] * reach[:, None]
        log_sigma = (raw[..., 2:4] + torch.log(self.hours * 2 + 0.3)[None, None, :, None]).clamp(-3, 4)
        correlation = torch.tanh(raw[..., 4]) * 0.95
        return point, torch.log_softmax(out[:, self.ways * STEPS * 5:], 1), mean, log_sigma, correlation, turn

    def _ahead(self, history, now):
        """Unit vector ahead, speed [N, 1] and velocity in knots: by the way of the last 30 minutes, else 20, else 10, else as reported."""
        velocity, known = now[:, 2:4], now[:, 4:5]
        for step in (0, 1, 2):
            has = history[:, step, 2:3]
            velocity = velocity * (1 - has) + has * (-history[:, step, :2] * 6 / (step + 1))
            known = torch.maximum(known, has)
        speed = torch.sqrt((velocity * velocity).sum(1, keepdim=True) + 1e-6)
        slow = (speed < 0.2).to(speed.dtype)
        north = torch.cat([torch.zeros_like(speed), torch.ones_like(speed)], 1)
        return velocity / speed * (1 - slow) + north * slow, speed, velocity


class Together(nn.Module):
    """Several members as one mixture, in east and north: what is exported."""

    def __init__(self, members: list[MotionNet]):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, history, now):
        """What the contract of motion.onnx says: point, weight, mean, covariance."""
        points, weights, means, covariances = [], [], [], []
        for member in self.members:
            point, log_weight, mean, log_sigma, correlation, turn = member(history, now)
            points.append(torch.einsum("nsr,nrk->nsk", point, turn))
            weights.append(torch.exp(log_weight) / len(self.members))
            means.append(torch.einsum("nwsr,nrk->nwsk", mean, turn))
            sigma = torch.exp(log_sigma)
            aa, cc = sigma[..., 0] ** 2, sigma[..., 1] ** 2
            ac = correlation * sigma[..., 0] * sigma[..., 1]
            e, n = turn[:, 0], turn[:, 1]                              # ahead and across in east, north
            e0, e1, n0, n1 = (v[:, None, None] for v in (e[:, 0], e[:, 1], n[:, 0], n[:, 1]))
            ee = aa * e0 * e0 + cc * n0 * n0 + 2 * ac * e0 * n0
            nn_ = aa * e1 * e1 + cc * n1 * n1 + 2 * ac * e1 * n1
            en = aa * e0 * e1 + cc * n0 * n1 + ac * (e0 * n1 + e1 * n0)
            covariances.append(torch.stack([ee, nn_, en], -1))
        return torch.stack(points).mean(0), torch.cat(weights, 1), torch.cat(means, 1), torch.cat(covariances, 1)
