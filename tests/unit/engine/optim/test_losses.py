"""The losses: each is torch's own, can be recorded, and can be changed while training."""

import math

import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import FieldError, SettingError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.machine import Machine
from gradviz.engine.models.classifier import ClassifierModel
from gradviz.engine.optim.losses import LOSSES, loss_row
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, ChangeTraining, StartTraining, TrainOneStep
from gradviz.protocol.events import BackwardRecorded, CommandFailed, FrameTrained

_NAMES = tuple(row.entry.name for row in LOSSES if row.entry.target == "values")


#: A target that each loss takes which does not take all numbers, and a model for it.
_FITS = {
    "PoissonNLLLoss": ("x^2", "autograd"),
    "BCELoss": ("sigmoid(3 x)", "sigmoid(a + b x)"),
    "BCEWithLogitsLoss": ("sigmoid(3 x)", "autograd"),
    "SoftMarginLoss": ("x / abs(x)", "autograd"),
    "HingeEmbeddingLoss": ("x / abs(x)", "autograd"),
}


def _fit(name: str) -> Model:
    """Return a model with a target that the loss of that name takes."""
    target, source = _FITS.get(name.partition(",")[0], ("sin(x)", "autograd"))
    return Model(source=source, target=target, mode="fit")


def _training(loss: str = "", rate: float = 1e-6, steps: int = 2000) -> Training:
    return Training(optimizer="descent", learning_rate=rate, loss=loss, steps=steps)


@pytest.mark.parametrize("name", _NAMES[1:])
def test_that_a_loss_is_that_of_torch_with_its_reduction(name: str) -> None:
    y_pred, y = torch.tensor([3.0, 0.5, -1.0]), torch.tensor([0.0, 0.0, 1.0])
    if loss_row(name).outputs is not None:
        y_pred = y_pred.sigmoid()
    kind, reduction = name.split(", ")
    expected = getattr(torch.nn, kind)(reduction="none")(y_pred, y)
    assert loss_row(name).function(y_pred, y).item() == getattr(expected, reduction)().item()


def test_that_the_catalogue_has_every_loss_once() -> None:
    losses = catalogue().losses
    assert tuple(entry.name for entry in losses if entry.target == "values") == _NAMES
    classes = ("cross-entropy", "NLLLoss", "MultiMarginLoss")
    assert tuple(entry.name for entry in losses if entry.target == "classes") == classes
    assert len(_NAMES) + 3 == len({entry.title for entry in losses}) == 22


@pytest.mark.parametrize("name", _NAMES)
def test_that_training_goes_down_the_chosen_loss(name: str) -> None:
    run = Run(_fit(name))
    trainer = Trainer(run)
    trainer.start(_training(name, rate=1e-3 if "mean" in name else 1e-6))
    losses = trainer.advance(math.inf, steps=50).losses
    assert losses[-1] < losses[0]
    anew = Run(_fit(name))
    assert anew.target is not None
    assert losses[0] == loss_row(name).function(anew.model.forward(anew.x), anew.target).item()


@pytest.mark.parametrize("name", ["NLLLoss", "MultiMarginLoss"])
def test_that_the_classifier_is_trained_with_the_losses_of_classes_as_torch_computes_them(
    name: str,
) -> None:
    run = Run(Model(source="classifier"))
    trainer = Trainer(run)
    trainer.start(_training(name, rate=1e-2))
    assert isinstance(run.model, ClassifierModel)
    images, labels = run.model.batch(0)
    logits = run.model.module(images)
    inputs = logits.log_softmax(1) if name == "NLLLoss" else logits
    expected = getattr(torch.nn, name)()(inputs, labels).item()
    assert trainer.advance(math.inf, steps=1).losses == [expected]


@pytest.mark.parametrize("name", _FITS)
def test_that_a_target_that_a_loss_does_not_take_is_refused_in_one_sentence(name: str) -> None:
    trainer = Trainer(Run(Model(source="a + b x", target="x - 4")))
    before = trainer.training
    with pytest.raises(SettingError, match=rf"^{name}, mean needs .* as target, and here is −7"):
        trainer.start(_training(f"{name}, mean"))
    assert trainer.training == before
    fitting = Run(_fit(name))
    trainer = Trainer(fitting)
    trainer.start(_training(f"{name}, mean"))
    with pytest.raises(FieldError, match="as target") as caught:
        trainer.change_data(Model(source=fitting.settings.source, target="x - 4"))
    assert caught.value.field == "target"
    assert fitting.settings.target == _FITS[name][0]


def test_that_an_output_that_a_loss_does_not_take_is_refused_and_the_steps_are_undone() -> None:
    training = _training("BCELoss, sum", rate=1e-5)
    far = Trainer(Run(Model(source="a x", target="sigmoid(x)")))
    with pytest.raises(SettingError, match=r"as output, and here is −4\.84.* End the model in"):
        far.start(training)
    # The output is within the bounds at first, and leaves them on the way.
    run = Run(Model(source="0.5 + a x / 50", target="sigmoid(9 x)"))
    trainer = Trainer(run)
    trainer.start(_training("BCELoss, sum", rate=1.0))
    before = run.model.numbers()
    with pytest.raises(SettingError, match="BCELoss, sum needs numbers from 0 to 1 as output"):
        trainer.advance(math.inf)
    assert (trainer.step, run.model.numbers()) == (0, before)


@pytest.mark.parametrize("name", _NAMES)
def test_that_a_changed_loss_goes_on_from_the_same_weights_with_its_own_graph(name: str) -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, _fit(name))))
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
    assert leaf.value.scalar == frame.snapshot.parameters["a"]
    weights = Run(_fit(name))
    with torch.no_grad():
        for key, parameter in weights.model.parameters.items():
            parameter.fill_(frame.snapshot.parameters[key])
    weights.loss = loss_row(name).function
    loss, graph, _ = weights.record(1)
    assert recorded.graph == graph
    assert math.isfinite(loss)


def test_that_an_unknown_loss_is_refused_and_the_training_stands_still() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    list(machine.handle(StartTraining(1, _training())))
    (failed,) = machine.handle(ChangeTraining(1, _training("CTCLoss")))
    assert isinstance(failed, CommandFailed)
    assert failed.subject == "training"
    assert "L1Loss, mean" in failed.hint
    assert not machine.busy
    with pytest.raises(SettingError):
        loss_row("")


def test_that_a_running_training_runs_on_with_another_loss() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    list(machine.handle(StartTraining(1, _training(steps=1_000_000))))
    assert len(list(machine.handle(ChangeTraining(1, _training("L1Loss, sum"))))) == 1
    assert machine.busy


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
    assert run.loss is loss_row("MSELoss, mean").function
