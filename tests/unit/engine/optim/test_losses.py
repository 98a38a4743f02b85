"""The losses: each is torch's own, can be recorded, and can be changed while training."""

import math

import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.machine import Machine
from gradviz.engine.optim.losses import LOSSES, loss_named
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, ChangeTraining, StartTraining, TrainOneStep
from gradviz.protocol.events import BackwardRecorded, CommandFailed, FrameTrained

_NAMES = tuple(LOSSES)


def _training(loss: str = "", rate: float = 1e-6, steps: int = 2000) -> Training:
    return Training(optimizer="descent", learning_rate=rate, loss=loss, steps=steps)


@pytest.mark.parametrize("name", _NAMES[1:])
def test_that_a_loss_is_that_of_torch_with_its_reduction(name: str) -> None:
    y_pred, y = torch.tensor([3.0, 0.5, -1.0]), torch.tensor([0.0, 0.0, 1.0])
    kind, reduction = name.split(", ")
    expected = getattr(torch.nn, kind)(reduction="none")(y_pred, y)
    assert loss_named(name)(y_pred, y).item() == getattr(expected, reduction)().item()


def test_that_the_catalogue_has_every_loss_once() -> None:
    assert tuple(entry.name for entry in catalogue().losses) == _NAMES
    assert len(_NAMES) == len({entry.title for entry in catalogue().losses}) == 9


@pytest.mark.parametrize("name", _NAMES)
def test_that_training_goes_down_the_chosen_loss(name: str) -> None:
    run = Run(Model(source="autograd"))
    trainer = Trainer(run)
    trainer.start(_training(name, rate=1e-3 if "mean" in name else 1e-6))
    losses = trainer.advance(math.inf, steps=50).losses
    assert losses[-1] < losses[0]
    anew = Run(Model(source="autograd"))
    assert anew.target is not None
    assert losses[0] == loss_named(name)(anew.model.forward(anew.x), anew.target).item()


@pytest.mark.parametrize("name", _NAMES)
def test_that_a_changed_loss_goes_on_from_the_same_weights_with_its_own_graph(name: str) -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="function"))))
    frame, *_ = machine.handle(TrainOneStep(1, _training()))
    assert isinstance(frame, FrameTrained)
    events = list(machine.handle(ChangeTraining(1, _training(name))))
    if name == "squared errors":
        assert events == []
        return
    (recorded,) = events
    assert isinstance(recorded, BackwardRecorded)
    assert recorded.trace.at_step == 1
    leaf = next(node for node in recorded.graph.nodes if node.op == "a")
    assert leaf.value is not None
    assert leaf.value.scalar == frame.parameters["a"]
    weights = Run(Model(source="function"))
    with torch.no_grad():
        for key, parameter in weights.model.parameters.items():
            parameter.fill_(frame.parameters[key])
    weights.loss = loss_named(name)
    loss, graph, _ = weights.record(1)
    assert recorded.graph == graph
    assert math.isfinite(loss)


def test_that_an_unknown_loss_is_refused_and_the_training_stands_still() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    list(machine.handle(StartTraining(1, _training())))
    (failed,) = machine.handle(ChangeTraining(1, _training("NLLLoss")))
    assert isinstance(failed, CommandFailed)
    assert failed.subject == "training"
    assert "L1Loss, mean" in failed.hint
    assert not machine.training
    with pytest.raises(SettingError):
        loss_named("")


def test_that_a_running_training_runs_on_with_another_loss() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    list(machine.handle(StartTraining(1, _training(steps=1_000_000))))
    assert len(list(machine.handle(ChangeTraining(1, _training("L1Loss, sum"))))) == 1
    assert machine.training


def test_that_the_way_back_repeats_the_steps_with_the_loss_of_then() -> None:
    expected = Run(Model(source="autograd"))
    reference = Trainer(expected)
    reference.start(_training(rate=1e-3))
    steps = len(reference.advance(math.inf).losses)
    reference.return_to_finite()
    run = Run(Model(source="autograd"))
    trainer = Trainer(run)
    trainer.start(_training(rate=1e-3))
    trainer.advance(math.inf, steps=steps)
    trainer.change(_training("MSELoss, mean"))
    assert trainer.advance(math.inf).bad_loss is not None
    trainer.return_to_finite()
    assert trainer.step == steps - 1 > 2
    assert run.model.numbers() == expected.model.numbers()
    assert run.loss is loss_named("MSELoss, mean")
