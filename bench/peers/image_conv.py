"""The model of `image-conv` in PyTorch: both towers share weights, in-batch loss, Adam. Options as JSON in the first argument.

Padding of 1 on all sides; TensorFlow's SAME pads strided convolutions below and to the right only, at the same cost.
"""

import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

from protocol import serve

options = json.loads(sys.argv[1])
torch.set_num_threads(options["threads"])
torch.manual_seed(1)
size, channels, filters, dimensions, batch = (
    options[name] for name in ("size", "channels", "filters", "dimensions", "batch")
)


def centred(weight):
    return weight - weight.mean(tuple(range(1, weight.dim())), keepdim=True)


class Conv(nn.Conv2d):
    def forward(self, x):
        return self._conv_forward(x, centred(self.weight), self.bias)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = Conv(inputs, outputs, 3, stride, 1)
        self.second = Conv(outputs, outputs, 3, 1, 1)
        self.shortcut = Conv(inputs, outputs, 1, stride, bias=False) if stride > 1 else None

    def forward(self, x):
        active = F.elu(x)
        skip = x if self.shortcut is None else self.shortcut(active)
        return self.second(F.elu(self.first(active))) + skip


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Conv(channels, filters, 3, 1, 1)
        self.blocks = nn.Sequential(
            Block(filters, filters, 1), Block(filters, 2 * filters, 2), Block(2 * filters, 4 * filters, 2)
        )
        self.projection = nn.Linear(4 * filters, dimensions)

    def forward(self, x):
        pooled = F.elu(self.blocks(self.stem(x))).mean((2, 3))
        return F.normalize(F.linear(pooled, centred(self.projection.weight), self.projection.bias))


# The faster layout of the two on CPUs.
model = Net().to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
pixels = torch.randint(0, 256, (2, batch, channels, size, size), dtype=torch.uint8)
labels = torch.arange(batch)


def step():
    optimizer.zero_grad(set_to_none=True)
    images = [(side / 127.5 - 1).contiguous(memory_format=torch.channels_last) for side in pixels]
    queries, keys = (model(side) for side in images)
    loss = F.cross_entropy(queries @ keys.T * 20, labels)
    loss.backward()
    optimizer.step()
    return loss.item()


serve(step, f"torch {torch.__version__}", warm_up=1)
