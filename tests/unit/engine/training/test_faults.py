"""Training stops at the first step whose gradient or parameter is not finite, its loss or not."""

import math
from pathlib import Path
from textwrap import dedent

import pytest
import torch
from own_models import HEAD, built_in, model_of, written

from gradviz.core.choices.settings import Training
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.engine.training.finiteness import spoilt_parameter
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import TrainingStopped

#: Its loss stays finite whatever becomes of w, which reaches 0 after four steps of 0.25.
_HIDDEN = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.w = nn.Parameter(torch.tensor([1.0]))

        def forward(self):
            return (self.w + 0 * torch.where(self.w > 0, self.w.sqrt(), self.w)).nan_to_num()
    """
)
#: The same, but the operation fails at what is not finite.
_FAILING = _HIDDEN.replace("return (", "torch.linalg.eigvalsh(self.w.diag()); return (")


def _trainer(source: str, tmp_path: Path, optimizer: str = "descent") -> tuple[Run, Trainer]:
    run = Run(model_of(written(tmp_path, source), mode="fit"))
    trainer = Trainer(run)
    trainer.start(Training(optimizer=optimizer, learning_rate=0.25, steps=400))
    return run, trainer


@pytest.mark.parametrize("source", [_HIDDEN, _FAILING])
@pytest.mark.parametrize("slice_steps", [1, 3, 400])
def test_that_training_stands_before_the_first_step_without_a_finite_gradient(
    source: str, slice_steps: int, tmp_path: Path
) -> None:
    run, trainer = _trainer(source, tmp_path)
    losses: list[float] = []
    while True:
        done = trainer.advance(math.inf, steps=slice_steps)
        losses += done.losses
        if done.diverged:
            break
    assert done.fault is not None
    assert (done.fault.kind, done.fault.name) == ("gradient", "w")
    assert (done.bad_loss, trainer.step) == (None, 4)
    assert losses == [1.0, 0.75, 0.5, 0.25]
    assert run.model.parameters["w"].item() == 0.0
    assert len(trainer.history.losses) == 4


def test_that_a_parameter_that_grows_too_large_stops_before_that_step(tmp_path: Path) -> None:
    source = _HIDDEN.replace("(self.w + 0 *", "torch.sigmoid(self.w * 1e-30) * (1e30 + 0 *")
    run, trainer = _trainer(source, tmp_path)
    trainer.change_learning_rate(1e39)
    done = trainer.advance(math.inf)
    assert done.fault is not None
    assert (done.fault.kind, trainer.step) == ("parameter", 0)
    assert not spoilt_parameter(run.model.parameters)


def test_that_a_gradient_that_is_nan_at_once_blames_no_learning_rate(tmp_path: Path) -> None:
    machine = Machine()
    source = _HIDDEN.replace("torch.tensor([1.0])", "torch.tensor([0.0])")
    built_in(machine, model_of(written(tmp_path, source), mode="fit"))
    training = Training(optimizer="descent", learning_rate=0.25, steps=10)
    events = list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        events += machine.advance()
    stopped = events[-1]
    assert isinstance(stopped, TrainingStopped)
    assert (stopped.reason, stopped.step) == ("diverged", 0)
    assert "The gradient of w is not finite at step 0" in stopped.message
    assert "In the backward pass Sqrt (sqrt(w)) is the first that is not finite" in stopped.message
    assert "net.py:11" in stopped.message
    assert "learning rate" not in stopped.message


def test_that_numbers_whose_sum_alone_is_too_large_are_finite() -> None:
    large = torch.full((4,), 3e38)
    assert not spoilt_parameter({"w": large})
    assert spoilt_parameter({"v": large, "w": torch.tensor([math.inf, -math.inf])}) == "w"
