"""Leaves that a module holds in lists and dicts are named by their place, and told as untrained."""

from collections.abc import Generator
from pathlib import Path

import torch
from own_models import HEAD, model_of, written
from torch import nn

from gradviz.engine.inspection.answers import Inspected, Parts, answer
from gradviz.engine.own.unregistered import unregistered
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.protocol.questions import Answer, ExplainMissing, MissingGradients

CONTENT = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 2), [nn.Linear(2, 2)]]
        self.extra = {"scale": nn.Parameter(torch.ones(2)), "unused": nn.Parameter(torch.ones(2))}
        self.head = nn.Linear(2, 1)
        self.again = [self.head]
    def forward(self, x):
        return self.head(self.layers[0](x) * self.extra["scale"])
def example_inputs():
    return torch.ones(3, 2)
"""
)


def _last(parts: Parts) -> Answer:
    while True:
        try:
            next(parts)
        except StopIteration as end:
            last: Answer = end.value
            return last


def test_that_leaves_without_registration_are_named_in_the_graph_and_told(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, CONTENT)))
    _, recording = run.recording()
    named = {node.op for node in recording.graph.nodes if node.kind == "leaf"}
    held = {"layers[0].weight", "layers[0].bias", "extra['scale']"}
    assert named == {"head.weight", "head.bias", *held}
    parts = answer(ExplainMissing(), Inspected(recording, RunReplay(run), None, lambda: True))
    assert isinstance(parts, Generator)
    told = _last(parts)
    assert isinstance(told, MissingGradients)
    assert set(told.untrained) == held


def test_that_registered_parameters_are_none_of_them() -> None:
    module = nn.Module()
    module.layers = nn.ModuleList([nn.Linear(1, 1)])
    module.__dict__["plain"] = [nn.Linear(1, 1, bias=False), torch.ones(1)]
    assert list(unregistered(module)) == ["plain[0].weight"]
