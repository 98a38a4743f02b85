"""The operations of each group are those that torch counts for its module."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from own_models import HEAD, model_of, written
from torch.utils.flop_counter import FlopCounterMode

from gradviz.core.choices.settings import Model
from gradviz.engine.inspection.answers import Inspected, whole
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.protocol.questions import CountFlops, FlopsCounted


def counted(source: str) -> tuple[Run, dict[str, int], str]:
    run = Run(Model(source=source, points=50))
    _, recording = run.recording()
    found = whole(CountFlops(), Inspected(recording, RunReplay(run)))
    assert isinstance(found, FlopsCounted)
    ids = [group.id for group in recording.graph.groups]
    return run, dict(zip(ids, found.groups, strict=True)) if found.groups else {}, found.note


def test_that_each_module_has_the_operations_that_torch_counts() -> None:
    run, flops, _ = counted("nn")
    with FlopCounterMode(display=False) as expected:
        run.model.forward(run.x)

    assert flops["0"] == flops["Sequential"] == expected.get_total_flops() > 0
    assert flops["1"] == 0


def test_that_counting_changes_nothing() -> None:
    run = Run(Model(source="nn", points=50))
    before = run.record()
    _, recording = run.recording()
    whole(CountFlops(), Inspected(recording, RunReplay(run)))

    assert run.record() == before


def test_that_a_pass_by_hand_and_another_graph_say_why_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, flops, note = counted("numpy")
    assert (flops, "by hand" in note) == ({}, True)

    run = Run(Model(source="nn", points=50))
    _, recording = run.recording()
    forward: Callable[[torch.Tensor], torch.Tensor] = run.model.forward
    monkeypatch.setattr(run.model, "forward", lambda x: forward(x).exp())
    found = whole(CountFlops(), Inspected(recording, RunReplay(run)))

    assert isinstance(found, FlopsCounted)
    assert "another graph" in found.note


def test_that_no_operations_are_told_of_the_graph_of_a_gradient() -> None:
    run = Run(Model(source="nn", points=50, order=2))
    _, recording = run.recording()
    found = whole(CountFlops(), Inspected(recording, RunReplay(run)))

    assert isinstance(found, FlopsCounted)
    assert found.groups == ()
    assert "graph of a gradient" in found.note


PENALTY = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 4)

    def forward(self, x):
        y = self.inner(x).tanh().sum()
        (slope,) = torch.autograd.grad(y, self.inner.weight, create_graph=True)
        return y + slope.pow(2).sum()


def example_inputs():
    return torch.ones(5, 3)
"""
)


def test_that_operations_of_a_backward_within_the_forward_pass_are_given_to_no_group(
    tmp_path: Path,
) -> None:
    run = Run(model_of(written(tmp_path, PENALTY), "Net"))
    _, recording = run.recording()
    found = whole(CountFlops(), Inspected(recording, RunReplay(run)))

    assert isinstance(found, FlopsCounted)
    assert found.groups == ()
    assert "gradients" in found.note


ATTENTION = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 3, padding=1, stride=2)
        self.attn = nn.MultiheadAttention(8, 2, batch_first=True)
        self.rnn = nn.LSTMCell(8, 4)

    def forward(self, x):
        y = self.conv(x).transpose(1, 2)
        y = nn.functional.scaled_dot_product_attention(y, y, y)
        return self.rnn(self.attn(y, y, y)[0][:, 0])[0]


def example_inputs():
    return torch.ones(5, 3, 12)
"""
)


def test_that_convolutions_attention_and_cells_are_counted_as_torch_does(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, ATTENTION), "Net"))
    _, recording = run.recording()
    replay = RunReplay(run)
    with FlopCounterMode(display=False) as expected:
        replay.output()
    found = whole(CountFlops(), Inspected(recording, replay))

    assert isinstance(found, FlopsCounted)
    ids = [group.id for group in recording.graph.groups]
    assert found.groups[ids.index("Net")] == expected.get_total_flops()
    modules = expected.get_flop_counts()
    for name in ("conv", "attn", "rnn"):
        assert found.groups[ids.index(name)] == sum(modules[f"Net.{name}"].values()) > 0
