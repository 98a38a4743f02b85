"""Small models whose calls are known, for tests of groups."""

from collections.abc import Callable, Mapping

import torch
from torch import nn
from torch.nn import functional

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record

WIDTH = 4


def graph_of_calls(
    compute: Callable[[], torch.Tensor], names: Mapping[str, torch.Tensor] | None = None
) -> Graph:
    """Return the recorded graph of what `compute` returns, heard while it runs."""
    with ForwardRecorder() as recorder:
        output = compute()
    return record(output, names, recorder).graph


def ids(graph: Graph) -> list[str]:
    """Return the ids of the groups."""
    return [group.id for group in graph.groups]


def operations_in(graph: Graph, group: str) -> list[str]:
    """Return the operations right within a group, from the output back; leaves are left out."""
    nodes = graph.grouping.own_nodes[graph.grouping.index[group]]
    return [graph.nodes[node].op for node in nodes if graph.nodes[node].kind != "leaf"]


def group_of_leaf(graph: Graph, name: str) -> str:
    """Return the id of the group of a leaf; empty where it has none."""
    place = next(i for i, node in enumerate(graph.nodes) if node.op == name)
    group = graph.group_of[place]
    return "" if group == NO_GROUP else graph.groups[group].id


def rotate_half(x: torch.Tensor) -> torch.Tensor:
    """Return x with its halves exchanged, as rotary embeddings do."""
    first, second = x.chunk(2, -1)
    return torch.cat((-second, first), -1)


class Attention(nn.Module):
    """One head of attention."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the values that each place looks at."""
        query, key, value = self.qkv(x).chunk(3, -1)
        query = rotate_half(query)
        key = rotate_half(key)
        weights = (query @ key.transpose(-1, -2)).softmax(-1)
        found: torch.Tensor = self.out(weights @ value)
        return found


class Block(nn.Module):
    """Attention and a feed-forward net, each beside a skip."""

    def __init__(self) -> None:
        super().__init__()
        self.ln = nn.LayerNorm(WIDTH)
        self.attn = Attention()
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 8), nn.GELU(), nn.Linear(8, WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return x of the same shape."""
        x = x + self.attn(self.ln(x))
        result: torch.Tensor = x + self.mlp(x)
        return result


class SmallGPT(nn.Module):
    """A language model with tied weights."""

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.wte = nn.Embedding(7, WIDTH)
        self.h = nn.ModuleList(Block() for _ in range(layers))
        self.ln_f = nn.LayerNorm(WIDTH)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return a score for each token."""
        x = self.wte(tokens)
        for block in self.h:
            x = block(x)
        return functional.linear(self.ln_f(x), self.wte.weight)
