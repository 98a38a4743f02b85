"""Models without autograd: their own graph, its steps, and the check of every gradient."""

import math

import numpy as np
import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DeviceError, SettingError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.engine.models.by_hand import Gradients
from gradviz.engine.models.numpy import NumpyModel
from gradviz.engine.models.tensors import TensorsModel
from gradviz.engine.optim.losses import LOSSES
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

_each_model = pytest.mark.parametrize("name", ["numpy", "tensors"])
_ORDER = ["loss", "y_pred", "a", "b", "c", "d"]


def _gradients(graph: Graph, trace: Trace) -> dict[str, float | None]:
    return {graph.node[leaf].op: found.scalar for leaf, found in trace.leaf_grads.items()}


@_each_model
def test_that_the_graph_says_that_it_is_not_autograds_and_takes_no_name_of_pytorch(
    name: str,
) -> None:
    _, graph, _ = Run(Model(source=name)).record()
    assert "no autograd graph" in graph.note
    assert {node.name for node in graph.nodes} == {"by hand"}
    assert Run(Model(source="autograd")).record()[1].note == ""


@_each_model
def test_that_the_backward_is_stepped_in_the_order_in_which_it_is_written(name: str) -> None:
    loss, graph, trace = Run(Model(source=name)).record(at_step=4)
    assert [graph.node[step.node].op for step in trace.steps] == _ORDER
    assert graph.node[graph.output].op == "loss"
    assert graph.node[graph.output].value.scalar == loss  # type: ignore[union-attr]
    first, second, *leaves = trace.steps
    assert first.grad_outputs[0].scalar == 1.0  # type: ignore[union-attr]
    assert first.grad_inputs == second.grad_outputs
    assert [step.grad_outputs[0] for step in leaves] == list(second.grad_inputs)
    assert [each.gradient for each in second.contributions] == list(second.grad_inputs)
    edges = {edge.id: edge for edge in graph.edges}
    assert all(edges[each.edge].source == each.leaf for each in second.contributions)
    assert trace.at_step == 4


def test_that_the_gradients_are_those_that_autograd_finds() -> None:
    by_hand = _gradients(*Run(Model(source="tensors")).record()[1:])
    found = _gradients(*Run(Model(source="autograd")).record()[1:])
    assert by_hand == pytest.approx(found, rel=1e-6)


@_each_model
def test_that_every_gradient_is_checked_against_autograds(name: str) -> None:
    _, graph, trace = Run(Model(source=name)).record()
    assert [graph.node[check.node].op for check in trace.checks] == _ORDER[1:]
    assert all(check.difference < 1e-6 for check in trace.checks)
    for check in trace.checks[1:]:
        assert check.autograd.scalar == pytest.approx(trace.leaf_grads[check.node].scalar, rel=1e-6)


class _WrongModel(TensorsModel):
    """Has lost the factor 3 somewhere in c's gradient."""

    def gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> Gradients:
        found = super().gradients(x, y_pred, y)
        return found._replace(c=found.c * 3)


def test_that_a_wrong_gradient_shows_in_its_check_alone() -> None:
    model = _WrongModel(torch.device("cpu"))
    data = model.data(Model(source="", points=100), torch.device("cpu"))
    _, recording = model.recording(*data, at_step=0)
    graph, trace = recording.graph, recording.trace
    differences = {graph.node[check.node].op: check.difference for check in trace.checks}
    assert differences.pop("c") == pytest.approx(2.0)
    assert all(difference < 1e-5 for difference in differences.values())


def test_that_recording_between_the_steps_changes_none() -> None:
    run, trainer = Run(Model(source="numpy")), Trainer(Run(Model(source="numpy")))
    recorded = Trainer(run)
    losses: list[float] = []
    for step in range(10):
        output, _, _ = run.record(step)
        losses += recorded.advance(math.inf, steps=1).losses
        assert losses[-1] == output
    assert losses == trainer.advance(math.inf, steps=10).losses


def test_that_numpys_own_generator_is_left_alone() -> None:
    before = np.random.get_state()
    Run(Model(source="numpy", seed=3))
    after = np.random.get_state()
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_that_seeds_beyond_numpys_draw_parameters_of_their_own() -> None:
    low, high = (Run(Model(source="numpy", seed=seed)).model.numbers() for seed in (5, 2**32 + 5))
    assert low != high
    assert high == Run(Model(source="numpy", seed=2**32 + 5)).model.numbers()


def test_that_numpy_computes_in_double_precision_and_on_the_cpu_alone() -> None:
    run = Run(Model(source="numpy"))
    assert run.x.dtype == run.prediction().dtype == torch.float64
    with pytest.raises(DeviceError, match="NumPy"):
        NumpyModel(torch.device("meta"))


@_each_model
def test_that_a_run_that_diverges_stops_without_a_warning(name: str) -> None:
    trainer = Trainer(Run(Model(source=name)))
    trainer.start(Training(optimizer="descent", learning_rate=1.0))
    assert trainer.advance(math.inf).bad_loss is not None


@_each_model
def test_that_another_loss_than_that_of_the_gradients_is_refused(name: str) -> None:
    run = Run(Model(source=name))
    model = run.model
    assert model.with_backward(LOSSES["squared errors"]) is run.loss
    with pytest.raises(SettingError, match="by hand"):
        model.with_backward(LOSSES["MSELoss, sum"])


@_each_model
def test_that_an_optimizer_of_torch_trains_it_too(name: str) -> None:
    trainer = Trainer(Run(Model(source=name)))
    trainer.start(Training(optimizer="adam", learning_rate=1e-2, steps=20))
    losses = trainer.advance(math.inf).losses
    assert losses[-1] < losses[0]
