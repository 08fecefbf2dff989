"""The model of `vector-mlp` in PyTorch: both towers share weights, in-batch loss, Adam. Options as JSON in the first argument."""

import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

from protocol import serve

options = json.loads(sys.argv[1])
torch.set_num_threads(options["threads"])
torch.manual_seed(1)
inputs, hidden, dimensions, batch = (options[name] for name in ("inputs", "hidden", "dimensions", "batch"))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(inputs, hidden)
        self.outer = nn.Linear(hidden, dimensions)
        self.projection = nn.Linear(inputs, dimensions, bias=False)

    def forward(self, x):
        normal = F.layer_norm(x, (inputs,))
        return F.normalize(self.projection(x) + self.outer(F.elu(self.inner(normal))))


model = Mlp()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
queries, keys = torch.randn(batch, inputs) / inputs**0.5, torch.randn(batch, inputs) / inputs**0.5
labels = torch.arange(batch)


def step():
    optimizer.zero_grad(set_to_none=True)
    # One pass for both towers is the faster form here too.
    embeddings = model(torch.cat([queries, keys]))
    loss = F.cross_entropy(embeddings[:batch] @ embeddings[batch:].T * 20, labels)
    loss.backward()
    optimizer.step()
    return loss.item()


serve(step, f"torch {torch.__version__}")
