"""Networks of two inputs: their data, losses, surface and accuracy beside PyTorch's own."""

import math

import msgspec
import numpy as np
import pytest
import torch
from torch import nn

from gradviz.core.choices.drawn_points import PLANES, drawn
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import FieldError, SettingError
from gradviz.engine.machine import Machine
from gradviz.engine.models.base import PlaneClassifier
from gradviz.engine.models.plane_network import SURFACE
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, ResetTraining, StartTraining, VisitStep
from gradviz.protocol.events import Event, ModelBuilt, PlaneClassified

_TWO = "Linear(2, 8), Tanh(), Linear(8, 1)"
_THREE = "Linear(2, 8), Tanh(), Linear(8, 3)"


def _model(source: str = _TWO, target: str = "rings", **settings: object) -> Model:
    model = Model(source=source, target=target, points=60, mode="fit")
    return msgspec.structs.replace(model, **settings)


def _classifier(run: Run) -> PlaneClassifier:
    classifier = run.model.plane_classifier
    assert classifier is not None
    return classifier


def _by_hand(model: nn.Module, target: str, criterion: nn.Module, steps: int) -> list[float]:
    points, labels = drawn(target, 60, 0.0, [0])
    x, y = torch.from_numpy(points).float(), torch.from_numpy(labels)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    losses = []
    for _ in range(steps):
        output = model(x)
        one = output.shape[1] == 1
        loss = criterion(output.reshape(-1), y.float()) if one else criterion(output, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


@pytest.mark.parametrize(
    ("source", "target", "layers", "criterion"),
    [
        (_TWO, "xor", (nn.Linear, nn.Tanh, 1), nn.BCEWithLogitsLoss()),
        (_THREE, "arms", (nn.Linear, nn.Tanh, 3), nn.CrossEntropyLoss()),
        (f"{_TWO}, Sigmoid()", "moons", (nn.Linear, nn.Tanh, 1), nn.BCELoss()),
    ],
)
def test_that_it_trains_with_the_loss_of_its_last_layer_bit_for_bit(
    source: str, target: str, layers: tuple[type, type, int], criterion: nn.Module
) -> None:
    trainer = Trainer(Run(_model(source, target)))
    losses = trainer.advance(math.inf, steps=20).losses
    torch.manual_seed(0)
    last = [nn.Sigmoid()] if source.endswith("Sigmoid()") else []
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, layers[2]), *last)
    assert losses == _by_hand(model, target, criterion, 20)


@pytest.mark.parametrize("target", PLANES)
def test_that_every_target_can_be_learnt(target: str) -> None:
    source = f"Linear(2, 24), Tanh(), Linear(24, 24), Tanh(), Linear(24, {PLANES[target].classes})"
    run = Run(_model(source, target, points=200))
    trainer = Trainer(run)
    trainer.start(Training(optimizer="adam", learning_rate=1e-2, steps=600))
    trainer.advance(math.inf)
    guesses = _classifier(run).guesses()
    assert guesses.learnt >= 190
    assert guesses.held >= 80


@pytest.mark.parametrize("source", [_TWO, f"{_TWO}, Sigmoid()", _THREE, f"{_THREE}, Softmax(1)"])
def test_that_surface_and_accuracy_are_those_of_the_network(source: str) -> None:
    run = Run(_model(source))
    classifier, module = _classifier(run), run.model.module
    assert module is not None
    guesses, reach = classifier.guesses(), classifier.reach
    surface = guesses.surface.floats()
    assert surface.shape == (SURFACE, SURFACE, 2 if source.startswith(_TWO) else 3)
    assert np.allclose(surface.sum(2), 1.0, atol=1e-5)
    # The first row is the lowest, and its first place the left one.
    for row, column, place in ((0, 0, (-1, -1)), (0, -1, (1, -1)), (-1, 0, (-1, 1))):
        at = reach * torch.tensor([place], dtype=torch.float32)
        output = module(at).detach()
        if source == _TWO:
            output = output.sigmoid()
        elif source == _THREE:
            output = output.softmax(1)
        assert surface[row, column, -1] == pytest.approx(output[0, -1].item(), abs=1e-5)
    output = module(run.x).detach()
    border = 0.5 if source.endswith("Sigmoid()") else 0.0
    right = output[:, 0] > border if output.shape[1] == 1 else output.argmax(1)
    assert run.target is not None
    assert guesses.learnt == int((right.long() == run.target.long()).sum())


def test_that_held_out_points_are_others_of_the_same_seed() -> None:
    first, again = (_classifier(Run(_model())).points for _ in range(2))
    assert torch.equal(first.held_x, again.held_x)
    assert len(first.held_x) == 30
    learnt = {tuple(point) for point in first.x.tolist()}
    assert learnt.isdisjoint(tuple(point) for point in first.held_x.tolist())


def test_that_it_is_computed_in_double_precision_too() -> None:
    run = Run(_model(dtype="float64"))
    assert run.x.dtype == torch.float64
    assert {each.dtype for each in run.model.parameters.values()} == {torch.float64}
    assert len(Trainer(run).advance(math.inf, steps=3).losses) == 3


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"target": "sin(x)"}, "no target for a network of two inputs"),
        ({"target": "arms"}, "3 classes, and the network tells 2 apart"),
        ({"data_file": "points.csv"}, "Leave out the file"),
    ],
)
def test_that_data_that_do_not_fit_are_refused(settings: dict[str, str], told: str) -> None:
    with pytest.raises(FieldError, match=told):
        Run(_model(**settings))


def test_that_a_loss_of_probabilities_says_what_the_last_layer_must_be() -> None:
    trainer = Trainer(Run(_model()))
    with pytest.raises(SettingError, match="sigmoid"):
        trainer.start(Training(optimizer="adam", learning_rate=0.1, loss="BCELoss, mean"))
    trainer.start(Training(optimizer="adam", learning_rate=0.1, loss="MSELoss, mean", steps=2))
    assert len(trainer.advance(math.inf).losses) == 2


def test_that_the_surface_follows_wherever_training_stands() -> None:
    machine = Machine()

    def surfaces(events: list[Event]) -> list[PlaneClassified]:
        return [event for event in events if isinstance(event, PlaneClassified)]

    built = list(machine.handle(BuildModel(1, _model())))
    (first,) = surfaces(built)
    (told,) = (event for event in built if isinstance(event, ModelBuilt))
    assert told.x is None
    assert told.plane is not None
    assert (told.plane.loss, told.plane.target) == ("BCEWithLogitsLoss, mean", "values")
    assert told.plane.points.shape == (60, 2)
    training = Training(optimizer="adam", learning_rate=0.1, steps=50)
    events = list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        events += machine.advance()
    last = surfaces(events)[-1]
    assert (last.step, last.learnt_of, last.held_of) == (50, 60, 30)
    events = list(machine.handle(VisitStep(1, 0)))
    while machine.busy:
        events += machine.advance()
    assert surfaces(events)[-1].surface == first.surface
    assert surfaces(list(machine.handle(ResetTraining(1))))[-1].surface == first.surface
