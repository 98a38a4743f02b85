"""A backward pass that fails is told with the lines of the user's file that are behind it."""

from pathlib import Path

import msgspec
import pytest
import torch
from own_models import HEAD, built_in, model_of, refused, written

from gradviz.engine.machine import Machine
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import BackwardRecorded, CommandFailed, Event


def net(init: str, *forward: str) -> str:
    lines = "".join(f"        {line}\n" for line in forward)
    return (
        HEAD
        + f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        {init}
    def forward(self, x):
{lines}
def example_inputs():
    return torch.ones(3, 2)
"""
    )


def line_of(content: str, text: str) -> int:
    return next(n for n, line in enumerate(content.splitlines(), 1) if text in line)


def trained(path: Path, steps: int = 3) -> list[Event]:
    machine = Machine()
    training = built_in(machine, model_of(path)).training
    training = msgspec.structs.replace(training, steps=steps)
    events = list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        events += machine.advance()
    return events


def failure_in(events: list[Event]) -> CommandFailed:
    return next(each for each in events if isinstance(each, CommandFailed))


@pytest.mark.parametrize(
    ("init", "keep", "told"),
    [
        ("self.state = torch.zeros(3, 2)", "self.state = y", "self.state"),
        ("self.state = {'h': torch.zeros(3, 2)}", "self.state = {'h': y}", "self.state.h"),
        ("self.state = [torch.zeros(3, 2)]", "self.state[0] = y", "self.state[0]"),
    ],
)
def test_that_a_state_with_a_graph_is_named_with_the_line_that_keeps_it(
    tmp_path: Path, init: str, keep: str, told: str
) -> None:
    use = "self.state['h']" if "'h'" in keep else keep.partition(" = ")[0]
    content = net(init, f"y = torch.tanh(self.layer(x) + {use})", keep, "return y")
    failed = failure_in(trained(written(tmp_path, content)))
    assert failed.subject == "model"
    assert "backward through the graph a second time" in failed.message
    assert f"{told} is kept from one call to the next" in failed.hint
    assert f"in line {line_of(content, '        ' + keep)} of net.py" in failed.hint
    assert "detach()" in failed.hint
    assert "gradviz" not in failed.details


def test_that_a_graph_made_once_is_to_be_made_in_forward(tmp_path: Path) -> None:
    content = net("self.scale = self.layer.weight.exp()", "return self.layer(x) * self.scale[0]")
    failed = failure_in(trained(written(tmp_path, content)))
    assert "self.scale was computed once" in failed.hint
    assert "in forward" in failed.hint


def test_that_a_state_that_is_detached_trains_and_starts_as_in_the_first_call(
    tmp_path: Path,
) -> None:
    content = net(
        "self.state, self.seen = torch.zeros(3, 2), []",
        "y = self.layer(x) + self.state",
        "self.state = y.detach()",
        "self.seen.append(0)",
        "return y * len(self.seen)",
    )
    machine = Machine()
    built = built_in(machine, model_of(written(tmp_path, content)))
    torch.manual_seed(0)
    layer = torch.nn.Linear(2, 2)
    assert built.output == layer(torch.ones(3, 2)).sum().item()
    events = trained(written(tmp_path, content))
    assert not [each for each in events if isinstance(each, CommandFailed)]
    assert isinstance(events[-2], BackwardRecorded)


@pytest.mark.parametrize(
    ("change", "call"),
    [("y += 1", "add_"), ("y[0] = 0", "fill_"), ("nn.ReLU(inplace=True)(y)", "relu_")],
)
def test_that_a_change_in_place_is_told_with_both_lines(
    tmp_path: Path, change: str, call: str
) -> None:
    content = net("pass", "y = self.layer(x).exp()", "z = y * 2", change, "return y + z")
    failed = refused(model_of(written(tmp_path, content)))
    changed, needed = line_of(content, change), line_of(content, ".exp()")
    assert "modified by an inplace operation" in failed.message
    assert f"Line {changed} of net.py changes it with {call}" in failed.hint
    assert f"line {needed} of net.py needs it" in failed.hint
    assert "clone()" in failed.hint


@pytest.mark.parametrize("output", ["", "output"])
def test_that_a_complex_output_is_to_be_made_real(tmp_path: Path, output: str) -> None:
    path = written(tmp_path, net("pass", "return self.layer(x) * 1j"))
    failed = refused(model_of(path, output=output))
    assert "complex64" in failed.message
    assert ".abs() or .real" in failed.hint
    loss = "\ndef loss(output):\n    return output.sum()\n"
    failed = refused(model_of(written(tmp_path, path.read_text() + loss)))
    assert ".abs() or .real" in failed.hint
