"""The notes that PyTorch keeps with nodes, where it has a place for them."""

import sys
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from gradviz.core.choices.settings import Model
from gradviz.engine.inspection.sources import sources_of
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.torch_internals.node_traces import nodes_noted, note_of


def test_that_each_node_has_the_note_of_when_it_was_made() -> None:
    running = [0]
    a = torch.ones(1, requires_grad=True)
    with nodes_noted(lambda: running[0]):
        first = a * 2
        running[0] = 7
        second = first.exp()
    assert note_of(first.grad_fn) == (0, False)
    assert note_of(second.grad_fn) == (7, False)
    assert note_of((a * 3).grad_fn) is None


def test_that_a_node_of_a_backward_pass_has_the_note_of_its_parent() -> None:
    a = torch.ones(1, requires_grad=True)
    with nodes_noted(count().__next__):
        output = a.exp()
        (gradient,) = torch.autograd.grad(output, a, create_graph=True)
    assert note_of(gradient.grad_fn) == (0, True)


@pytest.mark.parametrize("absent", ["module", "function"])
def test_that_no_line_is_told_where_pytorch_keeps_no_note(
    monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    import torch.fx.traceback

    if absent == "module":
        monkeypatch.setitem(sys.modules, "torch.fx.traceback", None)
    else:
        monkeypatch.delattr(torch.fx.traceback, "format_stack")
    run = Run(Model(source="a x^2", mode="point"))
    _, recording = run.recording()
    sources = sources_of(RunReplay(run), recording)
    assert sources.note == "This version of PyTorch does not tell which line made an operation."


@pytest.mark.parametrize("node", [object(), SimpleNamespace(metadata={"traceback_": ["a line"]})])
def test_that_a_node_without_a_note_of_ours_has_none(node: Any) -> None:
    assert note_of(node) is None
