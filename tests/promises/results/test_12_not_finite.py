"""NaN or infinity stops a training at its step, with its node, and keeps the last finite state."""

import math
from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, built_in, model_of, written
from promised import Tell

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import Event, FrameTrained, TrainingStopped

_OWN = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.w = nn.Parameter(torch.tensor([1.0]))

        def forward(self):
            return FORWARD
    """
)
#: Of each: the model, the learning rate, and a word of the place of the first such number.
CASES = {
    "the loss": ("self.w.log()", 0.25, "Log"),
    "a gradient": (
        "(self.w + 0 * torch.where(self.w > 0, self.w.sqrt(), self.w)).nan_to_num()", 0.25, "Sqrt",
    ),
    "a parameter": ("torch.sigmoid(self.w * 1e-30) * 1e30", 1e39, "w"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_that_a_number_that_is_not_finite_stops_the_training_and_is_named(
    kind: str, tmp_path: Path, tell: Tell
) -> None:
    forward, rate, words = CASES[kind]
    machine = Machine()
    path = written(tmp_path, _OWN.replace("FORWARD", forward))
    built_in(machine, model_of(path, mode="fit"))
    events = _trained(machine, Training(optimizer="descent", learning_rate=rate, steps=2000))
    stopped = events[-1]
    assert isinstance(stopped, TrainingStopped)
    assert stopped.reason == "diverged"
    assert stopped.step < 2000
    assert words in stopped.message
    kept = [frame.snapshot.parameters for frame in events if isinstance(frame, FrameTrained)][-1]
    assert all(math.isfinite(each) for each in kept.values() if isinstance(each, float))
    tell(f"{kind}: stopped at step {stopped.step}, and said: {stopped.message.split('. ')[0]}.")


def test_that_the_tutorials_model_stops_where_its_rate_is_too_large(tell: Tell) -> None:
    machine = Machine()
    built_in(machine, Model(source="autograd"))
    events = _trained(machine, Training(optimizer="descent", learning_rate=1e-3, steps=2000))
    stopped = events[-1]
    assert isinstance(stopped, TrainingStopped)
    assert stopped.reason == "diverged"
    tell(f"the tutorial at a rate of 1e-3: stopped at step {stopped.step}")


def _trained(machine: Machine, training: Training) -> list[Event]:
    events = list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        events += machine.advance()
    return events
