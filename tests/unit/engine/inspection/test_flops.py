"""The operations of each group are those that torch counts for its module."""

from collections.abc import Callable

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from gradviz.core.choices.settings import Model
from gradviz.engine.inspection.answers import Inspected, whole
from gradviz.engine.runs.replay import RunReplay
from gradviz.engine.runs.run import Run
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
