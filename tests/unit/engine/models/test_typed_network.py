"""Typed networks beside PyTorch's own nn.Sequential."""

import math
from collections.abc import Callable

import msgspec
import pytest
import torch
from torch import nn

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import GradvizError
from gradviz.engine.models.typed_network import made
from gradviz.engine.optim.optimizers import optimizer_entries
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.expression.networks import LAYERS, TypedLayer, parse_network
from gradviz.expression.networks.layer_row import MisfitError

_NETWORK = "Linear(1, 16), Tanh(), Linear(16, 1)"
#: Every kind of memory and chance.
_BY_CHANCE = "Linear(1, 8), BatchNorm1d(8), ReLU(inplace=True), Dropout(0.2), Linear(8, 1)"
_SHAPES = ((1,), (16,), (4, 16), (2, 3, 4))
_CHANGED: dict[str, Options] = {
    "Conv1d": {"in_channels": 4, "stride": 2, "padding": 1, "dilation": 2, "groups": 2},
    "Flatten": {"start_dim": -2},
    "Unflatten": {"dim": -1, "unflattened_size_1": 2, "unflattened_size_2": 8},
    "MaxPool1d": {"kernel_size": 3, "stride": 2, "padding": 1},
}


def _variants(name: str) -> list[TypedLayer]:
    row = LAYERS[name]
    off = {entry.name: False for entry in row.options if entry.kind == "bool"}
    return [
        TypedLayer(row, row.defaults | changed) for changed in ({}, off, _CHANGED.get(name, {}))
    ]


@pytest.mark.parametrize("name", LAYERS)
def test_that_shapes_and_parameters_are_those_of_torch(name: str) -> None:
    """Each layer at shapes that fit and at others: what is foretold is what torch does."""
    fits = 0
    for layer in _variants(name):
        module = made(layer)
        parameters = {key: tuple(each.shape) for key, each in module.named_parameters()}
        assert layer.row.parameters(layer.options) == parameters
        for shape in _SHAPES:
            try:
                foretold = layer.row.shape(layer.options, shape)
            except MisfitError:
                continue
            fits += 1
            assert module(torch.randn(5, *shape)).shape == (5, *foretold)
    assert fits


@pytest.mark.parametrize("name", [name for name in LAYERS if name in ("Linear", "LayerNorm")])
@pytest.mark.parametrize("shape", _SHAPES)
def test_that_a_shape_that_is_refused_is_refused_by_torch(
    name: str, shape: tuple[int, ...]
) -> None:
    layer = TypedLayer(LAYERS[name], LAYERS[name].defaults)
    try:
        layer.row.shape(layer.options, shape)
    except MisfitError:
        with pytest.raises(RuntimeError):
            made(layer)(torch.randn(5, *shape))


def _by_hand(steps: int, make: Callable[[], nn.Module]) -> list[float]:
    """Return the losses of the tutorial's loop with Adam."""
    torch.manual_seed(0)
    model = make()
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    losses = []
    for t in range(steps):
        torch.manual_seed(t)
        loss = (model(x.reshape(-1, 1)).reshape(x.shape) - y).pow(2).sum()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def _trainer(source: str, **settings: object) -> Trainer:
    run = Run(msgspec.structs.replace(Model(source=source, mode="fit"), **settings))
    trainer = Trainer(run)
    trainer.start(run.model.training)
    return trainer


def test_that_it_trains_as_the_same_module_of_torch_bit_for_bit() -> None:
    def plain() -> nn.Module:
        return nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))

    assert _trainer(_NETWORK).advance(math.inf, steps=30).losses == _by_hand(30, plain)


def test_that_chance_and_running_means_are_those_of_torch_whatever_is_looked_at() -> None:
    def plain() -> nn.Module:
        return nn.Sequential(
            nn.Linear(1, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1)
        )

    trainer = _trainer(_BY_CHANCE)
    losses: list[float] = []
    for _ in range(4):
        losses += trainer.advance(math.inf, steps=5).losses
        trainer._run.recording(trainer.step)
        trainer._run.prediction()
        trainer.explain()
        trainer.loss_now()
    assert losses == _by_hand(20, plain)
    assert trainer._run.model.module is not None
    means = trainer._run.model.module.get_buffer("1.running_mean").clone()
    trainer.visit(7)
    assert trainer.travel(math.inf)
    assert trainer.loss_now() == losses[7]
    trainer.return_to_newest()
    assert torch.equal(trainer._run.model.module.get_buffer("1.running_mean"), means)


def test_that_a_prediction_is_made_without_chance() -> None:
    run = Run(Model(source=_BY_CHANCE, mode="fit"))
    first = run.prediction()
    assert torch.equal(first, run.prediction())
    module = run.model.module
    assert module is not None
    assert module.training
    module.eval()
    assert torch.equal(first, module(run.x.reshape(-1, 1)).reshape(-1))


def test_that_it_has_a_gradient_at_a_point() -> None:
    run = Run(Model(source=_NETWORK, mode="point", at=0.5))
    _, recording = run.recording()
    (slope,) = (
        gradient.scalar
        for leaf, gradient in recording.trace.leaf_grads.items()
        if recording.graph.node[leaf].op == "x"
    )
    x = torch.tensor([[0.5]], requires_grad=True)
    assert run.model.module is not None
    run.model.module(x).backward()
    assert x.grad is not None
    assert slope == pytest.approx(x.grad.item())


def test_that_each_layer_is_a_group_of_the_graph() -> None:
    _, recording = Run(Model(source=_NETWORK, mode="fit")).recording()
    kinds = {group.type_name for group in recording.graph.groups}
    assert {"Linear", "Tanh"} <= kinds


@pytest.mark.parametrize(
    "name",
    [entry.name for entry in optimizer_entries() if entry.name not in ("muon", "sparseadam")],
)
def test_that_every_optimizer_trains_it(name: str) -> None:
    run = Run(Model(source=_NETWORK, mode="fit", points=20))
    trainer = Trainer(run)
    trainer.start(Training(optimizer=name, learning_rate=1e-3, steps=3))
    assert len(trainer.advance(math.inf).losses) == 3


def test_that_an_optimizer_of_matrices_alone_says_so() -> None:
    trainer = Trainer(Run(Model(source=_NETWORK, mode="fit", points=20)))
    with pytest.raises(GradvizError):
        trainer.start(Training(optimizer="muon", learning_rate=1e-3, steps=3))


def test_that_double_precision_and_starts_reach_every_parameter() -> None:
    run = Run(Model(source=_NETWORK, mode="fit", dtype="float64", initial={"2.bias": 0.25}))
    assert {each.dtype for each in run.model.parameters.values()} == {torch.float64}
    assert run.model.elements()["2.bias"] == 0.25
    assert run.model.numbers() == {}
    assert Run(Model(source="Linear(1, 1)", mode="fit")).model.numbers().keys() == {
        "0.weight",
        "0.bias",
    }
    assert run.prediction().dtype == torch.float64


def test_that_too_many_numbers_are_refused_with_how_many_points_are_allowed() -> None:
    with pytest.raises(GradvizError, match="points, or narrower layers"):
        Run(Model(source="Linear(1, 4000), Linear(4000, 1)", mode="fit", points=1_000_000))


def test_that_the_state_of_a_network_is_plain_data_and_comes_back() -> None:
    trainer = _trainer(_BY_CHANCE)
    trainer.advance(math.inf, steps=3)
    model = trainer._run.model
    kept = model.of_portable(model.portable(model.memory()))
    expected = trainer.loss_now()
    trainer.advance(math.inf, steps=3)
    model.recall(kept)
    assert torch.equal(
        model.memory()[0].buffers["1.running_mean"], kept[0].buffers["1.running_mean"]
    )
    assert math.isfinite(expected)


def test_that_parsing_and_building_agree_on_the_parameters() -> None:
    network = parse_network(_BY_CHANCE)
    module = Run(Model(source=_BY_CHANCE, mode="fit")).model.module
    assert module is not None
    assert network.parameters == {
        name: tuple(each.shape) for name, each in module.named_parameters()
    }
