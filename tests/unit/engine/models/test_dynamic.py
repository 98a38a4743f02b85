"""The model whose graph changes: each step has its own choice, whatever is done in between."""

import math
import random

import pytest
import torch
from tutorial_loops import LOOPS

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer


def _run(seed: int = 0) -> tuple[Run, Trainer]:
    run = Run(Model(source="dynamic", seed=seed))
    return run, Trainer(run)


def _uses_of_e(graph: Graph) -> int:
    leaf = next((node.id for node in graph.nodes if node.op == "e"), None)
    return len(graph.edges_out_of[leaf]) if leaf else 0


def _contributions_to_e(graph: Graph, trace: Trace) -> list[float | None]:
    return [
        contribution.gradient.scalar
        for step in trace.steps
        for contribution in step.contributions
        if graph.node[contribution.leaf].op == "e"
    ]


def test_that_what_is_recorded_and_drawn_changes_no_choice() -> None:
    run, trainer = _run(seed=1)
    losses: list[float] = []
    while len(losses) < 40:
        losses += trainer.advance(math.inf, steps=3).losses
        run.record(trainer.step)
        run.prediction()
    assert losses == LOOPS["dynamic"](1, len(losses))[0]


def test_that_the_picture_has_the_choice_of_the_step_that_comes_next() -> None:
    run, trainer = _run(seed=2)
    choices = random.Random(2)  # noqa: S311
    seen = set()
    for step in range(20):
        output, graph, _ = run.record(step)
        uses = choices.randint(4, 6) - 4
        assert _uses_of_e(graph) == uses
        seen.add(uses)
        assert trainer.advance(math.inf, steps=1).losses == [output]
    assert seen == {0, 1, 2}


def test_that_a_weight_used_twice_gets_two_contributions() -> None:
    run, _ = _run()
    step = next(step for step in range(100) if _uses_of_e(run.record(step)[1]) == 2)
    _, graph, trace = run.record(step)
    leaf = next(node.id for node in graph.nodes if node.op == "e")
    contributions = _contributions_to_e(graph, trace)
    assert len(contributions) == 2
    assert trace.leaf_grads[leaf].scalar == pytest.approx(sum(c for c in contributions if c))


def test_that_reset_returns_to_the_first_choice() -> None:
    _, trainer = _run()
    first = trainer.advance(math.inf, steps=30).losses
    trainer.reset()
    assert trainer.advance(math.inf, steps=30).losses == first


def test_that_two_models_do_not_share_their_choices_nor_python_s() -> None:
    random.seed(7)
    expected = random.random()  # noqa: S311
    random.seed(7)
    alone = _run()[1].advance(math.inf, steps=20).losses
    (_, first), (_, other) = _run(), _run(seed=5)
    mixed: list[float] = []
    for _ in range(20):
        mixed += first.advance(math.inf, steps=1).losses
        other.advance(math.inf, steps=1)
    assert mixed == alone
    assert random.random() == expected  # noqa: S311
    assert torch.initial_seed() == 5


def test_that_the_shapes_to_come_are_told_when_the_model_is_built() -> None:
    for seed in range(5):
        run, trainer = _run(seed)
        first = run.record()[1]
        uses = [_uses_of_e(graph) for graph in (first, *run.shapes())]
        assert sorted(uses) == [0, 1, 2]
        assert run.model.at_step == 0
        assert trainer.advance(math.inf, steps=5).losses == LOOPS["dynamic"](seed, 5)[0]
