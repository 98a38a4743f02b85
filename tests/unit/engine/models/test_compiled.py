"""Modules and functions that `torch.compile` made are shown as autograd has them."""

import warnings
from pathlib import Path

import pytest
import torch
from own_models import HEAD, model_of, written

from gradviz.engine.inspection.checks.passes import HighPrecisionReplay
from gradviz.engine.inspection.sources import sources_of
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.listeners import listeners_paused
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay

COMPILED = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 3)
    def forward(self, x):
        return torch.tanh(self.a(x))
def Whole():
    return torch.compile(Net(), backend="aot_eager")
def Itself():
    net = Net()
    net.compile(backend="aot_eager")
    return net
@torch.compile(backend="aot_eager")
def twice(x):
    return torch.tanh(x).exp()
class Part(Net):
    def forward(self, x):
        return twice(self.a(x)) * 3
def example_inputs():
    return torch.ones(2, 2)
"""
)


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize(
    ("name", "operations"),
    [
        ("Whole", ["Sum", "CompiledFunction"]),
        ("Itself", ["Sum", "CompiledFunction"]),
        ("Part", ["Sum", "Mul", "CompiledFunction", "Addmm", "T"]),
    ],
)
def test_that_a_compiled_function_is_one_node(
    tmp_path: Path, name: str, operations: list[str]
) -> None:
    run = Run(model_of(written(tmp_path, COMPILED), name))
    _, recording = run.recording()
    found = [node.op for node in recording.graph.nodes if node.kind != "leaf"]
    assert found == operations
    assert list(run.model.named_inputs()) == ["x"]


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
def test_that_a_compiled_node_tells_the_operations_of_both_passes(tmp_path: Path) -> None:
    _, recording = Run(model_of(written(tmp_path, COMPILED), "Whole")).recording()
    (note,) = (node.note for node in recording.graph.nodes if node.op == "CompiledFunction")
    assert note.startswith("Made by torch.compile: autograd has one node")
    forward, backward = note.split("Its forward pass has")[1].split("Its backward pass has")
    assert "addmm" in forward
    assert "tanh" in forward
    assert "tanh_backward" in backward
    assert "mm" in backward


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
def test_that_the_lines_of_a_compiled_module_are_found_without_a_warning(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, COMPILED), "Whole"))
    _, recording = run.recording()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        sources = sources_of(RunReplay(run), recording)
    assert [str(each.message) for each in told] == []
    assert sources.origins


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
def test_that_what_hears_the_operations_of_a_check_is_not_compiled(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, COMPILED), "Whole"))
    _, recording = run.recording()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        replay = HighPrecisionReplay(RunReplay(run), recording)
    assert [str(each.message) for each in told] == []
    assert replay.failure == ""


def test_that_a_listener_hears_again_behind_a_pause() -> None:
    with ForwardRecorder() as recorder:
        x = torch.ones(2, requires_grad=True)
        with listeners_paused():
            unheard = x * 2
        heard = x * 3
    assert recorder.value(unheard.grad_fn) is None
    assert recorder.value(heard.grad_fn) is heard


def test_that_a_mode_of_the_user_above_a_listener_stays() -> None:
    class Counting(torch.overrides.TorchFunctionMode):
        count = 0

        def __torch_function__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            self.count += 1
            return func(*args, **(kwargs or {}))

    counting = Counting()
    x = torch.ones(2)
    with ForwardRecorder(), counting, listeners_paused():
        x.exp()
    assert counting.count == 1
