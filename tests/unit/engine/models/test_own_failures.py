"""What is wrong with a user's own model is told with the line, and ends nothing."""

import json
import re
import struct
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_models import HEAD, NET, built_in, model_of, refused, written
from safetensors.torch import save
from torch import nn

from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel, TrainOneStep
from gradviz.protocol.events import CommandFailed

MODULE = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
    def forward(self, x):
"""
)


def body(*lines: str) -> str:
    return MODULE + "".join(f"        {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("content", "message", "field"),
    [
        ("class Net(:\n", "invalid syntax in line 1", "source"),
        ("a = 1\n\n  b = 2\n", "unexpected indent in line 3", "source"),
        ("x = 1\n", "no nn.Module", "name"),
        ("", "no nn.Module", "name"),
        ("import nothing_of_this_name\n", "No module named", ""),
        ("def make():\n    return 3\n", "returned int", "name"),
        ("raise SystemExit(3)\n", "SystemExit: 3 in line 1", ""),
        (body("return self.layer(x)").replace("2, 2", "-2, 2"), "in line 8", ""),
        (body("return self.layer(x)") + "class Other(Net): ...\n", "Net, Other", "name"),
        (body("return 7"), "returned int with no tensor", ""),
        (body("return self.layer(x).argmax()"), "dtype is int64", "output"),
        (body("return self.layer(y)"), "name 'y' is not defined in line 10", ""),
        (body("return self.layer(x[:, :1])"), "in line 10", ""),
        (body("return self.forward(x)"), "RecursionError", ""),
        (
            body("return self.layer(x)", "__hash__ = None").replace("        __", "    __"),
            "unhash",
            "",
        ),
        (body("return x"), "no parameter takes part", "output"),
        (
            body("return self.layer(x).detach()"),
            "line 10 of net.py cuts the gradient with .detach()",
            "",
        ),
        (
            body("h = self.layer(x).data", "return 2 * h"),
            "line 10 of net.py cuts the gradient with .data",
            "",
        ),
        (
            body("with torch.no_grad():", "    h = self.layer(x)", "return h + 1"),
            "line 11 of net.py runs under torch.no_grad()",
            "",
        ),
        (
            body("n = self.layer(x).detach().numpy()", "return torch.from_numpy(n)"),
            "line 10 of net.py",
            "",
        ),
    ],
)
def test_that_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, content: str, message: str, field: str
) -> None:
    failed = refused(model_of(written(tmp_path, content), inputs="ones(3, 2)"))
    assert failed.subject == "model"
    assert message in failed.message
    assert failed.field == field
    assert "gradviz/engine" not in failed.details


def test_that_a_traceback_shows_the_lines_of_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path, body("return self.inner(x)") + "    def inner(self, x):\n        1 / 0\n"
    )
    details = refused(model_of(path, inputs="ones(3, 2)")).details
    assert "return self.inner(x)" in details
    assert "1 / 0" in details
    assert details.endswith("ZeroDivisionError: division by zero\n")


def test_that_wrong_calls_are_told_with_what_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, NET)
    failed = refused(model_of(path, arguments="depth=3"))
    assert (failed.field, "hidden=4" in failed.hint) == ("arguments", True)
    failed = refused(model_of(path, inputs="randn(1, 3); randn(1, 3)"))
    assert (failed.field, "(x)" in failed.hint) == ("inputs", True)
    failed = refused(model_of(path, arguments="hidden="))
    assert (failed.field, failed.details) == ("arguments", "hidden=\n       ^")
    failed = refused(model_of(path, inputs="randn(1, 4)"))
    assert "(1, 4) float32" in failed.hint
    bare = written(tmp_path, NET.partition("def example_inputs")[0])
    assert "forward needs x" in refused(model_of(bare)).message


def test_that_a_module_without_any_trainable_parameter_is_told_apart(tmp_path: Path) -> None:
    frozen = body("return self.layer(x)").replace(
        "nn.Linear(2, 2)", "nn.Linear(2, 2).requires_grad_(False)"
    )
    failed = refused(model_of(written(tmp_path, frozen), inputs="ones(3, 2)"))
    assert "none of the 2 parameters of Net requires one" in failed.message


def test_that_a_hook_that_raises_while_training_is_told_with_its_line(tmp_path: Path) -> None:
    lines = (
        "result = self.layer(x)",
        "self.passes = getattr(self, 'passes', 0) + 1",
        "result.register_hook(lambda grad: grad if self.passes < 5 else grad[9])",
        "return result",
    )
    content = body(*lines) + "def example_inputs():\n    return torch.zeros(3, 2)\n"
    path = written(tmp_path, content)
    machine = Machine()
    training = built_in(machine, model_of(path)).training
    events = [event for _ in range(6) for event in machine.handle(TrainOneStep(1, training))]
    failed = next(event for event in events if isinstance(event, CommandFailed))
    line = content.splitlines().index(f"        {lines[2]}") + 1
    assert failed.subject == "model"
    assert "The backward pass raised IndexError: index 9 is out of bounds" in failed.message
    assert failed.message.endswith(f" in line {line} of net.py.")
    assert "hook" in failed.hint


def test_that_a_failure_leaves_the_model_before_it(tmp_path: Path) -> None:
    machine = Machine()
    built = built_in(machine, model_of(written(tmp_path, NET)))
    list(machine.handle(BuildModel(2, model_of(written(tmp_path, "1 / 0", "bad.py")))))
    events = list(machine.handle(TrainOneStep(1, built.training)))
    assert type(events[0]).__name__ == "FrameTrained"


def test_that_a_file_that_turns_gradients_off_does_so_for_no_other_model(tmp_path: Path) -> None:
    off = "torch.set_grad_enabled(False)"
    failed = refused(model_of(written(tmp_path, f"{NET}\n{off}\n")))
    assert "turns gradients off" in failed.message
    assert torch.is_grad_enabled()
    content = body("y = self.layer(x)", off, "return y")
    built_in(Machine(), model_of(written(tmp_path, content), inputs="ones(3, 2)"))
    assert torch.is_grad_enabled()


STATE = {
    "first.weight": torch.zeros(4, 3),
    "first.bias": torch.zeros(4),
    "second.weight": torch.zeros(2, 4),
    "second.bias": torch.zeros(2),
}


def test_that_weights_that_do_not_fit_are_told_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, NET)

    def told(state: object, name: str = "w.pt") -> str:
        torch.save(state, tmp_path / name)
        failed = refused(model_of(path, weights=str(tmp_path / name)))
        assert (failed.subject, failed.field) == ("model", "weights")
        return f"{failed.message} {failed.hint}"

    missing = {name: value for name, value in STATE.items() if name != "first.bias"}
    assert "Missing: first.bias." in told(missing)
    assert "Not in the model: third." in told({**STATE, "third": torch.ones(1)})
    assert "(4, 9)" in told({**STATE, "first.weight": torch.ones(4, 9)})
    assert "no weights by name" in told([1, 2])
    assert "could run code" in told(nn.Linear(3, 4))
    assert "no file of weights" in told(STATE, "w.txt")
    assert "does not exist" in refused(model_of(path, weights=str(tmp_path / "none.pt"))).message


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_that_damaged_weights_are_refused_or_of_the_right_shapes(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = written(tmp_path, NET)
    whole = save(STATE)
    cut = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole[: data.draw(st.sampled_from([cut, len(whole)]))])
    for place in data.draw(st.lists(st.integers(0, max(0, len(changed) - 1)), max_size=6)):
        if changed:
            changed[place] = data.draw(st.integers(0, 255))
    weights = tmp_path / "w.safetensors"
    weights.write_bytes(changed)
    first = next(iter(Machine().handle(BuildModel(1, model_of(path, weights=str(weights))))))
    if isinstance(first, CommandFailed):
        assert (first.subject, first.field) == ("model", "weights")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 8,
        struct.pack("<Q", 2**62) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 60)
        + json.dumps({"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 4]}}).encode(),
    ],
)
@pytest.mark.parametrize("name", ["w.safetensors", "w.pt"])
def test_that_corrupt_weights_are_told(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    failed = refused(model_of(written(tmp_path, NET), weights=str(tmp_path / name)))
    assert (failed.subject, failed.field) == ("model", "weights")
    assert "is damaged" in failed.message or "could run code" in failed.message


@pytest.mark.parametrize(
    "content",
    [b"x = " + b"-" * 2_000_000 + b"1\n", b"x = 1\0\n", b"x = " + b"a." * 400_000 + b"b\n"],
)
def test_that_code_that_cannot_be_compiled_is_told_with_a_reason(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "net.py"
    path.write_bytes(content)
    failed = refused(model_of(path))
    assert re.search(r"net\.py is no Python: [^.:]{12}", failed.message), failed.message


@pytest.mark.parametrize("lines", [("return self(x)",), ("self.me = self", "return x")])
def test_that_endless_recursion_is_told_in_a_sentence_with_both_ends_of_its_traceback(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    content = body(*lines) + "def Anew():\n    net = Net()\n    net.me = net\n    return net\n"
    name = "Net" if len(lines) == 1 else "Anew"
    failed = refused(model_of(written(tmp_path, content), name, inputs="ones(3, 2)"))
    assert "RecursionError" in failed.message
    assert "a module is a part of itself" in failed.hint
    assert "lines are left out" in failed.details or name == "Anew"
    assert len(failed.details.splitlines()) < 100


def test_that_modules_are_heard_as_deep_as_they_run_by_themselves(tmp_path: Path) -> None:
    deep = """
def Deep():
    module = nn.Linear(2, 2)
    for _ in range(%d):
        module = nn.Sequential(module)
    return module
"""
    # Each level takes several of the calls within one another that Python allows.
    levels = sys.getrecursionlimit() // 5
    limit = sys.getrecursionlimit()
    built = built_in(
        Machine(), model_of(written(tmp_path, HEAD + deep % levels), inputs="ones(3, 2)")
    )
    assert len(built.graph.groups) == levels + 1
    assert sys.getrecursionlimit() == limit
