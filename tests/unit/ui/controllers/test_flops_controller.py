"""The operations of groups without a window: asked for once, while a group is looked at."""

import pytest
import torch
from called_models import SmallGPT, graph_of_calls
from pytestqt.qtbot import QtBot
from silent_engine import Bench

from gradviz.core.graphs.graph import Graph
from gradviz.protocol.questions import CountFlops, FlopsCounted
from gradviz.ui.controllers.groups.flops_controller import FlopsController


@pytest.fixture
def grouped() -> Graph:
    model = SmallGPT(layers=1)
    return graph_of_calls(lambda: model(torch.arange(3)))


@pytest.fixture
def flops(bench: Bench, grouped: Graph) -> FlopsController:
    bench.record(2, grouped)
    return bench.workbench.flops


def test_that_each_pass_is_asked_about_once_and_only_while_a_group_is_seen(
    bench: Bench, flops: FlopsController, grouped: Graph, qtbot: QtBot
) -> None:
    bench.rested(qtbot)
    assert bench.questions == []
    for _ in range(2):
        flops.watch(True)
        bench.rested(qtbot)
        flops.watch(False)
    assert bench.questions == [CountFlops()]
    for recording in (3, 4):
        bench.record(recording, grouped)
    bench.rested(qtbot)
    assert bench.questions == [CountFlops()]
    flops.watch(True)
    bench.rested(qtbot)
    assert bench.questions[1:] == [CountFlops()]


def test_that_it_says_that_it_counts_and_waits_while_it_trains(
    bench: Bench, flops: FlopsController, qtbot: QtBot
) -> None:
    bench.workbench.set_running(True)
    flops.watch(True)
    bench.rested(qtbot)
    assert bench.questions == []
    assert flops.note == "counted when training is paused"
    bench.workbench.set_running(False)
    bench.rested(qtbot)
    assert bench.questions == [CountFlops()]
    assert flops.note.startswith("being counted")
    bench.answer(FlopsCounted(groups=(3, 2)))
    assert (flops.note, flops.of_groups) == ("", (3, 2))


def test_that_an_answer_is_of_its_pass_alone(
    bench: Bench, flops: FlopsController, grouped: Graph, qtbot: QtBot
) -> None:
    flops.watch(True)
    bench.rested(qtbot)
    bench.answer(FlopsCounted(groups=(3, 2)))
    bench.record(3, grouped)
    assert flops.of_groups == ()
    bench.workbench.choose_model("module")
    bench.build(graph=grouped)
    bench.record(2, grouped)
    assert flops.of_groups == ()


def test_that_a_refusal_says_why_until_there_is_another_pass(
    bench: Bench, flops: FlopsController, grouped: Graph, qtbot: QtBot
) -> None:
    flops.watch(True)
    bench.rested(qtbot)
    bench.refuse(CountFlops)
    assert flops.note == "Gone. Record."
    bench.record(3, grouped)
    assert flops.note.startswith("being counted")


def test_that_nothing_is_asked_of_a_graph_without_groups(
    bench: Bench, flops: FlopsController, qtbot: QtBot
) -> None:
    bench.record(3)
    flops.watch(True)
    bench.rested(qtbot)
    assert bench.questions == []
