"""A warning of what is run is told once, and names the user's line."""

import warnings
from pathlib import Path

import pytest
from own_models import HEAD, built_in, model_of, written

from gradviz.engine.machine import Machine
from gradviz.engine.own.warnings_once import tell_warnings_once
from gradviz.protocol.commands import Ask, TrainOneStep
from gradviz.protocol.questions import ExplainMissing

CONTENT = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1)
        WATCH
    def forward(self, x):
        return self.layer(x)
def loss(output):
    return nn.functional.mse_loss(output, torch.zeros(TARGET))
def example_inputs():
    return torch.ones(3, 1)
"""
)
WATCH = "self.layer.register_full_backward_hook(lambda *_: None)"


@pytest.mark.parametrize(
    ("watch", "target", "text", "line"),
    [
        ("pass", "3", "Using a target size", "return nn.functional.mse_loss"),
        (WATCH, "3, 1", "Full backward hook is firing", WATCH),
    ],
)
def test_that_a_warning_is_told_once_with_the_users_line(
    tmp_path: Path, watch: str, target: str, text: str, line: str
) -> None:
    content = CONTENT.replace("WATCH", watch).replace("TARGET", target)
    path = written(tmp_path, content)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        tell_warnings_once()
        machine = Machine()
        training = built_in(machine, model_of(path)).training
        list(machine.handle(Ask(run=1, recording=1, number=1, question=ExplainMissing())))
        list(machine.handle(TrainOneStep(1, training)))
    (warning,) = told
    assert text in str(warning.message)
    number = next(n for n, each in enumerate(content.splitlines(), 1) if line in each)
    assert (warning.filename, warning.lineno) == (str(path), number)
